package zipkin.ee.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin2.Span;

/**
 * Which spans make up a trace. {@code STRICT_TRACE_ID=true}: those with the same trace id, of 16 or
 * 32 characters; false: those whose ids have the same low 64 bits.
 */
public record TraceIds(boolean strict) {
    private static final int LOW_LENGTH = 16;

    public static String low(String traceId) {
        return traceId.substring(Math.max(0, traceId.length() - LOW_LENGTH));
    }

    /** The key of the trace that a span with this id belongs to. */
    public String key(String traceId) {
        return strict ? traceId : low(traceId);
    }

    public Set<String> keys(Collection<String> traceIds) {
        Set<String> keys = new LinkedHashSet<>();
        traceIds.forEach(id -> keys.add(key(id)));
        return keys;
    }

    /** Divides spans into traces, which keep the order of the spans. */
    public Map<String, List<Span>> group(Collection<Span> spans) {
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        for (Span span : spans) {
            traces.computeIfAbsent(key(span.traceId()), key -> new ArrayList<>())
                    .add(span);
        }
        return traces;
    }

    /** The traces with these ids among those that have the low 64 bits of one of them. */
    public List<List<Span>> select(Collection<List<Span>> sameLowIds, Set<String> traceIds) {
        if (!strict) {
            return new ArrayList<>(sameLowIds);
        }
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        sameLowIds.forEach(spans -> traces.putAll(group(spans)));
        traces.keySet().retainAll(traceIds);
        return new ArrayList<>(traces.values());
    }
}
