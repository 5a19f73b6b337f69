package zipkin.ee.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import zipkin2.Span;

/**
 * Spans of a trace in their order, the same one once. Compares only spans that share an id, since
 * hashing a whole span costs more than reading it; where many do, they are sorted
 * ({@link SpanOrder}), since clients can choose spans of the same hash. Used by one thread.
 */
public final class DistinctSpans {
    private static final int FEW = 8;

    private final List<Span> spans = new ArrayList<>();
    private final Map<String, Collection<Span>> byId = new HashMap<>();

    public void add(Span span) {
        Collection<Span> sameId = byId.computeIfAbsent(span.id(), id -> new ArrayList<>(2));
        if (sameId.contains(span)) {
            return;
        }
        spans.add(span);
        if (sameId.size() == FEW) {
            Set<Span> sorted = new TreeSet<>(SpanOrder.OF_ONE_TRACE);
            sorted.addAll(sameId);
            sameId = sorted;
            byId.put(span.id(), sorted);
        }
        sameId.add(span);
    }

    public List<Span> toList() {
        return spans;
    }
}
