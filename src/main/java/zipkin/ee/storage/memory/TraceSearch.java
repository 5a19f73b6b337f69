package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Finds the traces that match a query, the latest first. The search scans the blocks of the most
 * selective condition, from the latest block on, and tests each trace with a matching span as a
 * whole. It ends when no remaining block can have a later trace. Used by one thread, once.
 */
final class TraceSearch {
    private static final Comparator<Candidate> LATEST_FIRST = Comparator.comparingLong(Candidate::millis)
            .reversed()
            .thenComparing((left, right) -> Long.compareUnsigned(right.id, left.id));

    private final Shards shards;
    private final QueryRequest request;
    private final boolean strictTraceId;
    private final TraceConditions conditions;
    private final long beginMillis;
    private final long endMillis;
    private final long all;
    /** The bit of the condition that the fewest blocks can match. */
    private long lead;

    private final SpanCursor cursor = new SpanCursor();
    private final IdentityHashMap<BlockView, TraceConditions.InBlock> resolved = new IdentityHashMap<>();
    private final LongSet seen = new LongSet();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(LATEST_FIRST);
    private final StoredTrace.Results results = new StoredTrace.Results();
    private final List<List<Span>> found = new ArrayList<>();

    /** A trace that may match, with the time of its latest span within the query's time range. */
    private record Candidate(long id, long millis) {}

    private record Place(BlockView view, long maxMillis, long may) {}

    TraceSearch(Shards shards, QueryRequest request, boolean strictTraceId) {
        this.shards = shards;
        this.request = request;
        this.strictTraceId = strictTraceId;
        this.conditions = new TraceConditions(request);
        this.endMillis = request.endTs();
        this.beginMillis = request.endTs() - request.lookback();
        this.all = (1L << conditions.size()) - 1;
    }

    List<List<Span>> run() {
        List<Place> places = places();
        if (places.isEmpty()) {
            return found;
        }
        places.sort(Comparator.comparingLong(Place::maxMillis).reversed());
        int next = 0;
        while (found.size() < request.limit()) {
            long bound = next < places.size() ? places.get(next).maxMillis : Long.MIN_VALUE;
            Candidate best = candidates.peek();
            if (best != null && best.millis > bound) {
                candidates.remove();
                take(best);
            } else if (next < places.size()) {
                scan(places.get(next++));
            } else {
                break;
            }
        }
        return found;
    }

    /**
     * Returns the blocks of the most selective condition; none if no block matches some condition.
     */
    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        int[] counts = new int[conditions.size()];
        shards.forEachBlock(block -> {
            if (block.maxMillis() < beginMillis || block.minMillis() > endMillis) {
                return;
            }
            BlockView view = block.view();
            TraceConditions.InBlock here = conditions.in(view);
            long may = 0;
            for (int i = 0; i < counts.length; i++) {
                if (here.mayHave(i)) {
                    may |= 1L << i;
                    counts[i]++;
                }
            }
            if (may != 0) {
                resolved.put(view, here);
                places.add(new Place(view, block.maxMillis(), may));
            }
        });
        int leader = 0;
        for (int i = 1; i < counts.length; i++) {
            if (counts[i] < counts[leader]) {
                leader = i;
            }
        }
        lead = 1L << leader;
        places.removeIf(place -> (place.may & lead) == 0);
        return places;
    }

    private void scan(Place place) {
        BlockView view = place.view;
        TraceConditions.InBlock here = in(view);
        for (int fragment = 0; fragment < view.length(); fragment = Fragment.end(view, fragment)) {
            long id = Fragment.traceId(view, fragment);
            if (!seen.contains(id) && meets(view, fragment, here)) {
                seen.add(id);
                consider(id);
            }
        }
    }

    private boolean meets(BlockView view, int fragment, TraceConditions.InBlock here) {
        cursor.open(view, fragment);
        while (cursor.next()) {
            if (here.met(cursor, lead) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds a trace to the candidates if its bytes match all conditions. */
    private void consider(long id) {
        long met = 0;
        long latest = Long.MIN_VALUE;
        for (Fragment fragment : shards.of(id).trace(id)) {
            TraceConditions.InBlock here = in(fragment.view());
            fragment.open(cursor);
            while (cursor.next()) {
                long millis = cursor.timestampMicros / 1000;
                if (millis >= beginMillis && millis <= endMillis && millis > latest) {
                    latest = millis;
                }
                if (met != all) {
                    met |= here.met(cursor, all & ~met);
                }
            }
        }
        if (met == all && latest != Long.MIN_VALUE) {
            candidates.add(new Candidate(id, latest));
        }
    }

    private TraceConditions.InBlock in(BlockView view) {
        return resolved.computeIfAbsent(view, conditions::in);
    }

    private void take(Candidate candidate) {
        StoredTrace stored = new StoredTrace(shards.of(candidate.id).trace(candidate.id));
        List<StoredTrace> traces = strictTraceId ? stored.byTraceId() : List.of(stored);
        if (traces.size() > 1 && !request.test(stored)) {
            return;
        }
        for (StoredTrace each : traces) {
            List<Span> trace = results.of(each);
            if (!trace.isEmpty() && request.test(trace)) {
                found.add(trace);
            }
        }
    }
}
