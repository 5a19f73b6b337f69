package zipkin.ee.storage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanSize;
import zipkin2.Span;

/**
 * Reads the traces that an index has found, some at a time, and keeps those that meet all
 * conditions of a search. So an index only narrows what is read. Used by one search.
 *
 * @param <K> what an index calls a trace
 */
public final class FoundTraces<K> {
    private final TraceIds ids;
    private final Predicate<List<Span>> conditions;
    private final int pageSize;
    private final Function<List<K>, Map<K, List<Span>>> reading;
    private final Set<K> tested = new HashSet<>();
    private final List<List<Span>> traces = new ArrayList<>();
    private int spansRead;

    /**
     * @param pageSize candidates that are read at a time
     * @param reading the spans of the candidates that exist, in their order, counted by {@link
     *     #counted}
     */
    public FoundTraces(
            TraceIds ids,
            Predicate<List<Span>> conditions,
            int pageSize,
            Function<List<K>, Map<K, List<Span>>> reading) {
        this.ids = ids;
        this.conditions = conditions;
        this.pageSize = pageSize;
        this.reading = reading;
    }

    /** Counts a span that was read among the bytes that the query holds. */
    public static Span counted(Span span) {
        ReadRoom.add(SpanSize.of(span));
        return span;
    }

    /**
     * Looks through candidates in their order until there is {@code enough}, asked for each page.
     */
    public void test(List<K> candidates, BooleanSupplier enough) {
        for (List<K> page : Pages.of(candidates, pageSize)) {
            if (enough.getAsBoolean()) {
                return;
            }
            tested.addAll(page);
            long before = ReadRoom.bytes();
            long kept = 0;
            for (List<Span> spans : reading.apply(page).values()) {
                spansRead += spans.size();
                for (List<Span> trace : ids.strict() ? ids.group(spans).values() : List.of(spans)) {
                    if (conditions.test(trace)) {
                        traces.add(trace);
                        kept += SpanSize.of(trace);
                    }
                }
            }
            ReadRoom.keepOnly(before, kept);
        }
    }

    public boolean isTested(K candidate) {
        return tested.contains(candidate);
    }

    public int tested() {
        return tested.size();
    }

    public int spansRead() {
        return spansRead;
    }

    /** The traces that meet the conditions, in the order of the candidates. */
    public List<List<Span>> traces() {
        return traces;
    }
}
