package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.storage.DistinctSpans;
import zipkin2.Span;

/** Reads whole traces by the low 64 bits of their ids. Thread safe. */
final class TraceReader {
    /** A span, and the batch it was stored in. */
    record Stored(long batch, Span span) {}

    private static final int IDS_A_QUERY = 200;

    private final Dictionaries dictionaries;
    private final int maxSpans;

    /**
     * @param maxSpans most spans read at once
     */
    TraceReader(Dictionaries dictionaries, int maxSpans) {
        this.dictionaries = dictionaries;
        this.maxSpans = maxSpans;
    }

    /** The spans of the traces that exist, the same one once, in the order of the ids asked for. */
    Map<Long, List<Span>> read(EntityManager manager, Collection<Long> traces) {
        Map<Long, List<Span>> result = new LinkedHashMap<>();
        Map<Long, List<Stored>> stored = readStored(manager, traces);
        for (Long trace : traces) {
            List<Stored> spans = stored.get(trace);
            if (spans != null) {
                DistinctSpans different = new DistinctSpans();
                spans.forEach(each -> different.add(each.span()));
                result.put(trace, different.toList());
            }
        }
        return result;
    }

    /** The same with the batch of each span; a span that was stored twice is there twice. */
    Map<Long, List<Stored>> readStored(EntityManager manager, Collection<Long> traces) {
        List<Long> ids = new ArrayList<>(traces);
        Map<Long, List<Stored>> result = new LinkedHashMap<>();
        int room = maxSpans;
        for (int from = 0; from < ids.size() && room > 0; from += IDS_A_QUERY) {
            List<Object[]> rows = manager.createQuery(
                            "SELECT s.batch, s.ord, s.traceLow, s.dictionary, s.data FROM SpanRow s WHERE s.traceLow IN :ids"
                                    + " ORDER BY s.batch, s.ord",
                            Object[].class)
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + IDS_A_QUERY)))
                    .setMaxResults(room)
                    .getResultList();
            unpack(manager, rows, rows.size() == room, result);
            room -= rows.size();
        }
        return result;
    }

    /** All spans of these batches. */
    Map<Long, List<Stored>> readBatches(EntityManager manager, Collection<Long> batches) {
        List<Object[]> rows = manager.createQuery(
                        "SELECT s.batch, s.ord, s.traceLow, s.dictionary, s.data FROM SpanRow s WHERE s.batch IN :batches"
                                + " ORDER BY s.batch, s.ord",
                        Object[].class)
                .setParameter("batches", new ArrayList<>(batches))
                .getResultList();
        Map<Long, List<Stored>> result = new LinkedHashMap<>();
        unpack(manager, rows, false, result);
        return result;
    }

    /** The traces of these that have spans in another batch too. */
    List<Long> alsoElsewhere(EntityManager manager, Collection<Long> traces, Collection<Long> batches) {
        List<Long> ids = new ArrayList<>(traces);
        List<Long> result = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_A_QUERY) {
            result.addAll(manager.createQuery(
                            "SELECT DISTINCT s.traceLow FROM SpanRow s WHERE s.traceLow IN :ids"
                                    + " AND s.batch NOT IN :batches",
                            Long.class)
                    .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + IDS_A_QUERY)))
                    .setParameter("batches", new ArrayList<>(batches))
                    .getResultList());
        }
        return result;
    }

    private void unpack(EntityManager manager, List<Object[]> rows, boolean cut, Map<Long, List<Stored>> result) {
        for (int i = 0; i < rows.size(); i++) {
            Object[] row = rows.get(i);
            byte[] data = (byte[]) row[4];
            boolean whole = i + 1 < rows.size() ? !continues(rows.get(i + 1)) : !cut;
            if (!whole) {
                ByteArrayOutputStream pieces = new ByteArrayOutputStream();
                pieces.writeBytes(data);
                while (i + 1 < rows.size() && continues(rows.get(i + 1))) {
                    pieces.writeBytes((byte[]) rows.get(++i)[4]);
                }
                if (cut && i + 1 == rows.size()) {
                    return;
                }
                data = pieces.toByteArray();
            }
            Span span = SpanFormat.decode(data, dictionaries.get(manager, (Integer) row[3]));
            result.computeIfAbsent((Long) row[2], trace -> new ArrayList<>()).add(new Stored((Long) row[0], span));
        }
    }

    private static boolean continues(Object[] row) {
        return (Integer) row[3] == SpanWriter.CONTINUED;
    }
}
