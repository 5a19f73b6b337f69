package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.FoundTraces;
import zipkin.ee.storage.QueryTimeoutException;
import zipkin.ee.storage.TraceIds;
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
    private static final int MAX_CANDIDATES = 1_000_000;

    private final EntityManager manager;
    private final QueryRequest request;
    private final long deadlineNanos;

    private final List<TraceWalk> walks;
    private final FoundTraces<Long> found;

    /**
     * @param deadlineNanos of {@link System#nanoTime()}, after which the search gives up
     */
    TraceSearch(EntityManager manager, TraceReader reader, QueryRequest request, TraceIds ids, long deadlineNanos) {
        this.manager = manager;
        this.request = request;
        this.deadlineNanos = deadlineNanos;
        this.found = new FoundTraces<>(
                ids, request::test, Math.max(10, request.limit()), some -> reader.read(manager, some));
        this.walks = walks();
    }

    List<List<Span>> run() {
        walks.forEach(TraceWalk::advance);
        TraceWalk rarest =
                walks.stream().min(Comparator.comparingLong(TraceWalk::reach)).orElseThrow();
        while (true) {
            found.test(candidates(rarest), this::enough);
            if (enough() || rarest.ended() || found.tested() > MAX_CANDIDATES) {
                return newest();
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new QueryTimeoutException();
            }
            rarest.advance();
        }
    }

    private boolean enough() {
        return found.traces().size() >= request.limit();
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

    /** Traces found by the rarest condition and not excluded by another one; newest first. */
    private List<Long> candidates(TraceWalk rarest) {
        long certainMillis = rarest.ended() ? Long.MIN_VALUE : BatchIds.millis(rarest.reach());
        Map<Long, Long> fresh = new LinkedHashMap<>();
        rarest.found().forEach((trace, startMillis) -> {
            if (startMillis >= certainMillis && !found.isTested(trace)) {
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

    /** Orders traces as InMemoryStorage does: by the latest span within the window. */
    private List<List<Span>> newest() {
        return found.traces().stream()
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
}
