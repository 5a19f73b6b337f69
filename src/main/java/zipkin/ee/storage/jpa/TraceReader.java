package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import zipkin.ee.link.DistinctSpans;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.FoundTraces;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.jpa.StoredSpans.Stored;
import zipkin2.Span;

/** Reads whole traces by the low 64 bits of their ids. Thread safe. */
final class TraceReader {
    private static final int IDS_PER_QUERY = 200;
    private static final int ROWS_ELSEWHERE = 2_000;

    private final Dictionaries dictionaries;
    private final LargeTraces large = new LargeTraces();
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
        Map<Long, List<Stored>> stored = read(manager, traces, FoundTraces::counted);
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
     * Reads spans, each reduced to what links depend on, with its batch; a span that was stored
     * twice is returned twice.
     */
    Map<Long, List<Stored>> readForLinks(EntityManager manager, Collection<Long> traces) {
        return read(manager, traces, LinkChanges::reduced);
    }

    private Map<Long, List<Stored>> read(EntityManager manager, Collection<Long> traces, UnaryOperator<Span> kept) {
        StoredSpans spans = new StoredSpans(dictionaries, manager, kept);
        new TracePages(manager, spans, large, maxSpans).read(traces);
        return spans.byTrace();
    }

    /** Reads all spans of these batches, each reduced to what links depend on. */
    Map<Long, List<Stored>> readBatches(EntityManager manager, Collection<Long> batches) {
        List<Object[]> rows = manager.createQuery(
                        StoredSpans.SELECT + "s.batch IN :batches ORDER BY s.batch, s.ord", Object[].class)
                .setParameter("batches", new ArrayList<>(batches))
                .getResultList();
        StoredSpans spans = new StoredSpans(dictionaries, manager, LinkChanges::reduced);
        spans.add(rows, false);
        return spans.byTrace();
    }

    /**
     * The traces that have spans in other batches too. What is read of a trace is bounded, since
     * one may have millions of rows there.
     */
    Set<Long> alsoElsewhere(EntityManager manager, Collection<Long> traces, Collection<Long> batches) {
        Set<Long> result = new LinkedHashSet<>();
        for (List<Long> ids : Pages.of(List.copyOf(traces), IDS_PER_QUERY)) {
            List<Long> unknown = new ArrayList<>(ids);
            List<Long> found;
            do {
                found = manager.createQuery(
                                "SELECT s.traceLow FROM SpanRow s WHERE s.traceLow IN :ids"
                                        + " AND s.batch NOT IN :batches",
                                Long.class)
                        .setParameter("ids", unknown)
                        .setParameter("batches", new ArrayList<>(batches))
                        .setMaxResults(ROWS_ELSEWHERE)
                        .getResultList();
                result.addAll(found);
                unknown.removeAll(new HashSet<>(found));
            } while (found.size() == ROWS_ELSEWHERE && !unknown.isEmpty());
        }
        return result;
    }
}
