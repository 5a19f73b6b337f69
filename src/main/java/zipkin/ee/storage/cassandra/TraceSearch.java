package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanSize;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * One search: walks the indexes back in time, day by day, reads the traces that they name and keeps
 * those that meet all conditions, until there are enough. So an index only narrows what is read,
 * and the answer is the same with each. Used by one thread.
 */
final class TraceSearch {
    private static final int CHUNK = 100;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MAX_LATE_MILLIS = Duration.ofDays(30).toMillis();
    private static final long ALL_TIME_MILLIS = Long.MAX_VALUE / 1000;

    private final OpenSession session;
    private final TraceReader reader;
    private final InFlight inFlight;
    private final QueryRequest request;
    private final QueryRequest conditions;
    private final boolean strictTraceId;
    private final int pageSize;
    private final long deadlineNanos;
    private final List<List<Span>> results = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int spansRead;
    private int maxTraces = Integer.MAX_VALUE;

    /**
     * @param multiplier rows of an index read at first for each trace wanted
     * @param deadlineNanos by {@link System#nanoTime}, when the search is given up with what it has
     */
    TraceSearch(
            OpenSession session,
            TraceReader reader,
            InFlight inFlight,
            QueryRequest request,
            boolean strictTraceId,
            int multiplier,
            long deadlineNanos) {
        this.session = session;
        this.reader = reader;
        this.inFlight = inFlight;
        this.request = request;
        // The window is the indexes' to check: a trace is in it when one of its spans is.
        this.conditions = request.toBuilder()
                .endTs(ALL_TIME_MILLIS)
                .lookback(ALL_TIME_MILLIS)
                .build();
        this.strictTraceId = strictTraceId;
        this.pageSize = (int) Math.min(Integer.MAX_VALUE, (long) request.limit() * multiplier);
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * @param services whose indexes are walked
     * @param indexTtl how long rows of the indexes live
     */
    List<List<Span>> run(Collection<String> services, Duration indexTtl, long nowMillis) {
        long toMillis = request.endTs();
        long oldest = nowMillis - indexTtl.toMillis();
        // A window that is older as a whole has spans that came late, or none.
        long earliest = toMillis >= oldest ? oldest : toMillis - MAX_LATE_MILLIS;
        long fromMillis = Math.max(0, Math.max(toMillis - request.lookback(), earliest));
        for (long day = toMillis / DAY_MILLIS; day >= fromMillis / DAY_MILLIS && !enough(); day--) {
            walk(walks(services, (int) day, fromMillis, toMillis));
        }
        return results;
    }

    /**
     * The same, but gives up when it has read so many traces; may be called before the other.
     *
     * @return whether that was enough
     */
    boolean tryRun(Collection<String> services, Duration indexTtl, long nowMillis, int traces) {
        maxTraces = traces;
        run(services, indexTtl, nowMillis);
        boolean enough = seen.size() < maxTraces || results.size() >= request.limit();
        maxTraces = Integer.MAX_VALUE;
        return enough;
    }

    List<List<Span>> results() {
        return results;
    }

    /**
     * The traces of these ids, newest first, that meet the conditions, after those that were found
     * before.
     */
    List<List<Span>> ofCandidates(Map<String, Long> candidates) {
        take(newestFirst(candidates, Long.MIN_VALUE));
        return results;
    }

    private List<IndexWalk> walks(Collection<String> services, int day, long fromMillis, long toMillis) {
        String remote = request.remoteServiceName();
        String name = request.spanName();
        boolean byRemote = name == null && remote != null;
        // Rows of a service have the durations that are asked for; those by name have that of one
        // span of the trace.
        long minMillis =
                name == null && remote == null && request.minDuration() != null ? request.minDuration() / 1000 : 0;
        String cql = byRemote ? IndexWalk.BY_REMOTE : minMillis == 0 ? IndexWalk.BY_SPAN : durationStatement();
        String key = byRemote ? remote : name == null ? "" : name;
        List<IndexWalk> walks = new ArrayList<>();
        for (String service : services) {
            walks.add(new IndexWalk(cql, service, String.valueOf(key), day, fromMillis, toMillis, minMillis, pageSize));
        }
        return walks;
    }

    private String durationStatement() {
        return session.tagIndex() == Schema.TagIndex.SASI ? IndexWalk.BY_DURATION : IndexWalk.WITH_DURATION;
    }

    private void walk(List<IndexWalk> walks) {
        Map<String, Long> found = new HashMap<>();
        List<IndexWalk> going = new ArrayList<>(walks);
        long reach = Long.MAX_VALUE;
        while (!going.isEmpty() && !enough()) {
            // Those that have come least far: the others' rows are older than what is decided on
            // next.
            long least = going.stream().mapToLong(IndexWalk::reachMillis).max().orElse(Long.MIN_VALUE);
            List<IndexWalk> due =
                    going.stream().filter(walk -> walk.reachMillis() == least).toList();
            List<BoundStatement> statements =
                    due.stream().map(walk -> walk.next(session)).toList();
            List<AsyncResultSet> pages = inFlight.all(session, statements);
            for (int i = 0; i < due.size(); i++) {
                due.get(i).take(pages.get(i), found);
            }
            going.removeIf(IndexWalk::ended);
            reach = going.stream().mapToLong(IndexWalk::reachMillis).max().orElse(Long.MIN_VALUE);
            take(newestFirst(found, reach));
        }
    }

    private List<String> newestFirst(Map<String, Long> found, long reach) {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() > reach && !seen.contains(entry.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void take(List<String> candidates) {
        int chunk = Math.min(CHUNK, Math.max(1, request.limit()));
        for (int from = 0; from < candidates.size() && !enough(); from += chunk) {
            List<String> some = candidates.subList(from, Math.min(candidates.size(), from + chunk));
            seen.addAll(some);
            long before = ReadRoom.bytes();
            int foundBefore = results.size();
            Map<String, List<Span>> traces = reader.read(session, some);
            for (String key : some) {
                List<Span> spans = traces.getOrDefault(key, List.of());
                spansRead += spans.size();
                Collection<List<Span>> different =
                        strictTraceId ? TraceReader.byId(spans).values() : List.of(spans);
                for (List<Span> trace : different) {
                    if (!trace.isEmpty() && results.size() < request.limit() && conditions.test(trace)) {
                        results.add(trace);
                    }
                }
            }
            ReadRoom.keepOnly(before, bytesFrom(foundBefore));
        }
    }

    private boolean enough() {
        return results.size() >= request.limit()
                || seen.size() >= maxTraces
                || spansRead >= reader.maxSpans()
                || System.nanoTime() >= deadlineNanos;
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
