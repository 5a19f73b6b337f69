package zipkin.ee.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin2.Span;

/**
 * Spans of a trace in their order, the same one once. Compares only spans that share an id, since hashing a whole span costs more than
 * reading it. Used by one thread.
 */
public final class DistinctSpans {
    private final List<Span> spans = new ArrayList<>();
    private final Map<String, List<Span>> byId = new HashMap<>();

    public void add(Span span) {
        List<Span> sameId = byId.computeIfAbsent(span.id(), id -> new ArrayList<>(2));
        if (!sameId.contains(span)) {
            sameId.add(span);
            spans.add(span);
        }
    }

    public List<Span> toList() {
        return spans;
    }
}
