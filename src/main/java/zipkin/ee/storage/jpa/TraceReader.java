package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.DistinctSpans;
import zipkin.ee.storage.PageSize;
import zipkin.ee.storage.ReadRoom;
import zipkin2.Span;

/** Reads whole traces by the low 64 bits of their ids. Thread safe. */
final class TraceReader {
    /** A span, and the batch it was stored in. */
    record Stored(long batch, Span span) {}

    private static final int IDS_A_QUERY = 200;

    /**
     * Rows after which traces are read one by one, since a database sorts all rows of several for
     * each page.
     */
    private static final int MANY_ROWS = 2_000;

    private static final String SELECT =
            "SELECT s.batch, s.ord, s.traceLow, s.dictionary, s.data FROM SpanRow s WHERE ";
    private static final String AFTER = " AND s.batch >= :batch AND (s.batch > :batch OR s.ord > :ord)";
    private static final String ORDER = " ORDER BY s.batch, s.ord";

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
        Map<Long, List<Stored>> stored = read(manager, traces, span -> {
            ReadRoom.add(span);
            return span;
        });
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

    /**
     * Of each span what links depend on, with its batch; a span that was stored twice is there
     * twice.
     */
    Map<Long, List<Stored>> readForLinks(EntityManager manager, Collection<Long> traces) {
        return read(manager, traces, LinkChanges::reduced);
    }

    private Map<Long, List<Stored>> read(EntityManager manager, Collection<Long> traces, UnaryOperator<Span> kept) {
        List<Long> ids = new ArrayList<>(traces);
        Map<Long, List<Stored>> result = new LinkedHashMap<>();
        int room = maxSpans;
        for (int from = 0; from < ids.size() && room > 0; from += IDS_A_QUERY) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + IDS_A_QUERY));
            room -= readPages(manager, some, null, room, kept, result);
        }
        return result;
    }

    /**
     * Adds the spans of these traces, page by page, and returns how many rows they have.
     *
     * @param after the last row that was read before, or null
     */
    private int readPages(
            EntityManager manager,
            List<Long> traces,
            Object @Nullable [] after,
            int most,
            UnaryOperator<Span> kept,
            Map<Long, List<Stored>> result) {
        PageSize pageSize = new PageSize();
        Object @Nullable [] last = after;
        int read = 0;
        while (read < most) {
            if (read > MANY_ROWS && traces.size() > 1) {
                for (Long trace : traces) {
                    read += readPages(manager, List.of(trace), last, most - read, kept, result);
                }
                return read;
            }
            int size = pageSize.next(most - read);
            List<Object[]> rows = page(manager, traces, last, size);
            boolean cut = rows.size() == size;
            int whole = unpack(manager, rows, cut, kept, result);
            if (!cut || read + size == most) {
                return read + rows.size();
            }
            if (whole == 0) {
                pageSize.grow();
                continue;
            }
            pageSize.read(rows.size(), bytes(rows));
            last = rows.get(whole - 1);
            read += whole;
        }
        return read;
    }

    private static List<Object[]> page(EntityManager manager, List<Long> traces, Object @Nullable [] after, int size) {
        TypedQuery<Object[]> query = manager.createQuery(
                        SELECT + "s.traceLow IN :ids" + (after == null ? "" : AFTER) + ORDER, Object[].class)
                .setParameter("ids", traces)
                .setMaxResults(size);
        if (after != null) {
            query.setParameter("batch", after[0]).setParameter("ord", after[1]);
        }
        return query.getResultList();
    }

    private static long bytes(List<Object[]> rows) {
        long bytes = 0;
        for (Object[] row : rows) {
            bytes += ((byte[]) row[4]).length;
        }
        return bytes;
    }

    /** The same of all spans of these batches. */
    Map<Long, List<Stored>> readBatches(EntityManager manager, Collection<Long> batches) {
        List<Object[]> rows = manager.createQuery(SELECT + "s.batch IN :batches" + ORDER, Object[].class)
                .setParameter("batches", new ArrayList<>(batches))
                .getResultList();
        Map<Long, List<Stored>> result = new LinkedHashMap<>();
        unpack(manager, rows, false, LinkChanges::reduced, result);
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

    /**
     * Adds the spans of these rows, and returns of how many rows.
     *
     * @param cut the last span may have more rows than these, and is left out
     */
    private int unpack(
            EntityManager manager,
            List<Object[]> rows,
            boolean cut,
            UnaryOperator<Span> kept,
            Map<Long, List<Stored>> result) {
        for (int i = 0; i < rows.size(); i++) {
            int first = i;
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
                    return first;
                }
                data = pieces.toByteArray();
            }
            Span span = SpanFormat.decode(data, dictionaries.get(manager, (Integer) row[3]));
            result.computeIfAbsent((Long) row[2], trace -> new ArrayList<>())
                    .add(new Stored((Long) row[0], kept.apply(span)));
        }
        return rows.size();
    }

    private static boolean continues(Object[] row) {
        return (Integer) row[3] == SpanWriter.CONTINUED;
    }
}
