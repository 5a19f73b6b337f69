package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.storage.QueryTimeoutException;
import zipkin.ee.storage.jpa.index.BatchHeader;
import zipkin.ee.storage.jpa.index.BatchIds;
import zipkin.ee.storage.jpa.index.Batches;
import zipkin.ee.storage.jpa.index.DurationRange;
import zipkin.ee.storage.jpa.index.Terms;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Searches traces, newest first. Each condition of the query walks back in time on its own; a trace
 * that fulfils all of them is read and tested by zipkin2's {@link QueryRequest#test}, so the index
 * decides only which ones are read. One search.
 */
final class TraceSearch {
    /**
     * How far the spans of a trace may lie after the end of the window, and before its beginning by
     * wrong clocks.
     */
    private static final long SLACK_MILLIS = 60_000;

    private static final int FEW = 200;
    private static final int MOST_CANDIDATES = 1_000_000;

    private final EntityManager manager;
    private final TraceReader reader;
    private final QueryRequest request;
    private final boolean strictTraceId;
    private final long deadlineNanos;

    private final List<TraceWalk> walks;
    private final Set<Long> tested = new HashSet<>();
    private final List<List<Span>> results = new ArrayList<>();

    /**
     * @param deadlineNanos of {@link System#nanoTime()}, after which the search gives up
     */
    TraceSearch(
            EntityManager manager,
            TraceReader reader,
            QueryRequest request,
            boolean strictTraceId,
            long deadlineNanos) {
        this.manager = manager;
        this.reader = reader;
        this.request = request;
        this.strictTraceId = strictTraceId;
        this.deadlineNanos = deadlineNanos;
        this.walks = walks();
    }

    /** At most {@code limit} traces. */
    List<List<Span>> run() {
        walks.forEach(TraceWalk::advance);
        TraceWalk rarest =
                walks.stream().min(Comparator.comparingLong(TraceWalk::reach)).orElseThrow();
        while (true) {
            test(candidates(rarest));
            if (results.size() >= request.limit() || rarest.ended() || tested.size() > MOST_CANDIDATES) {
                return newest();
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new QueryTimeoutException();
            }
            rarest.advance();
        }
    }

    private List<TraceWalk> walks() {
        long begin = Math.max(0, request.endTs() - request.lookback());
        long lowest = BatchIds.lowest(begin - SLACK_MILLIS);
        long end = request.endTs() + SLACK_MILLIS + Batches.SPREAD_MILLIS;
        long highest = BatchIds.lowest(end < 0 ? Long.MAX_VALUE : end + 1) - 1;
        Headers headers = new Headers(manager);
        String service = request.serviceName();
        List<TraceWalk> all = new ArrayList<>();
        if (request.spanName() != null) {
            all.add(TermTraces.of(manager, headers, Terms.name(service, request.spanName()), lowest, highest));
        }
        if (request.remoteServiceName() != null) {
            long term = Terms.remoteService(service, request.remoteServiceName());
            all.add(TermTraces.of(manager, headers, term, lowest, highest));
        }
        for (Long term : tags()) {
            all.add(ofService(headers, service, term, lowest, highest));
        }
        Long lasting = request.minDuration() == null ? null : Terms.atLeast(request.minDuration());
        if (lasting != null) {
            all.add(ofService(headers, service, lasting, lowest, highest).within(durations()));
        }
        if (all.isEmpty()) {
            all.add(
                    service == null
                            ? new AllTraces(manager, headers, durations(), lowest, highest)
                            : TermTraces.of(manager, headers, Terms.service(service), lowest, highest)
                                    .within(durations()));
        }
        return all;
    }

    /**
     * A term that a span of the service has to have, but that the index does not keep for each
     * service.
     */
    private TermTraces ofService(Headers headers, @Nullable String service, long term, long lowest, long highest) {
        return service == null
                ? TermTraces.of(manager, headers, term, lowest, highest)
                : TermTraces.ofBoth(manager, headers, term, Terms.service(service), lowest, highest);
    }

    private DurationRange durations() {
        return request.minDuration() == null
                ? DurationRange.ANY
                : new DurationRange(
                        BatchHeader.level(request.minDuration()),
                        request.maxDuration() == null
                                ? DurationRange.ANY.greatestLevel()
                                : BatchHeader.level(request.maxDuration()));
    }

    private List<Long> tags() {
        List<Long> terms = new ArrayList<>();
        request.annotationQuery()
                .forEach((key, value) -> terms.add(value.isEmpty() ? Terms.key(key) : Terms.tag(key, value)));
        return terms;
    }

    /** What the rarest condition has found, less what another one surely excludes; newest first. */
    private List<Long> candidates(TraceWalk rarest) {
        long certainMillis = rarest.ended() ? Long.MIN_VALUE : BatchIds.millis(rarest.reach());
        Map<Long, Long> fresh = new LinkedHashMap<>();
        rarest.found().forEach((trace, startMillis) -> {
            if (startMillis >= certainMillis && !tested.contains(trace)) {
                fresh.put(trace, startMillis);
            }
        });
        if (fresh.size() > Math.max(FEW, 2 * request.limit())) {
            for (TraceWalk walk : walks) {
                while (walk != rarest && !walk.ended() && walk.reach() > rarest.reach()) {
                    walk.advance();
                }
                fresh.keySet().retainAll(walk.found().keySet());
            }
        }
        return fresh.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void test(List<Long> candidates) {
        int page = Math.max(10, request.limit());
        for (int from = 0; from < candidates.size() && results.size() < request.limit(); from += page) {
            List<Long> some = candidates.subList(from, Math.min(candidates.size(), from + page));
            tested.addAll(some);
            long before = ReadRoom.bytes();
            int foundBefore = results.size();
            for (List<Span> trace : reader.read(manager, some).values()) {
                group(trace).stream().filter(request::test).forEach(results::add);
            }
            ReadRoom.keepOnly(before, bytesFrom(foundBefore));
        }
    }

    private Collection<List<Span>> group(List<Span> sameLowId) {
        return strictTraceId ? byId(sameLowId).values() : List.of(sameLowId);
    }

    /** Spans that have the same low 64 bits of the trace id, by the whole id. */
    static Map<String, List<Span>> byId(List<Span> sameLowId) {
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        sameLowId.forEach(span ->
                traces.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span));
        return traces;
    }

    /** Ordered as InMemoryStorage does: by the latest span within the window. */
    private List<List<Span>> newest() {
        return results.stream()
                .sorted(Comparator.comparingLong(this::latestMillis).reversed())
                .limit(request.limit())
                .toList();
    }

    private long latestMillis(List<Span> trace) {
        return trace.stream()
                .mapToLong(span -> span.timestampAsLong() / 1000)
                .filter(millis -> millis <= request.endTs())
                .max()
                .orElse(0);
    }

    /** What the results take, from one on. */
    private long bytesFrom(int first) {
        long bytes = 0;
        for (List<Span> trace : results.subList(first, results.size())) {
            bytes += SpanSize.of(trace);
        }
        return bytes;
    }
}
