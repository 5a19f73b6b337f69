package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.storage.FoundTraces;
import zipkin.ee.storage.TraceIds;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * One search: walks the indexes back in time, day by day, and tests the traces that they name until
 * there are enough. The answer is the same with each index. Used by one thread.
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
    private final int pageSize;
    private final long deadlineNanos;
    private final FoundTraces<String> found;
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
            TraceIds ids,
            int multiplier,
            long deadlineNanos) {
        this.session = session;
        this.reader = reader;
        this.inFlight = inFlight;
        this.request = request;
        // The window is the indexes' to check: a trace is in it when one of its spans is.
        QueryRequest conditions = request.toBuilder()
                .endTs(ALL_TIME_MILLIS)
                .lookback(ALL_TIME_MILLIS)
                .build();
        this.found = new FoundTraces<>(
                ids,
                conditions::test,
                Math.min(CHUNK, Math.max(1, request.limit())),
                keys -> reader.read(session, keys));
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
        return results();
    }

    /**
     * Runs until it has read so many traces; {@link #run} may be called afterwards.
     *
     * @return whether that was enough
     */
    boolean tryRun(Collection<String> services, Duration indexTtl, long nowMillis, int traces) {
        maxTraces = traces;
        run(services, indexTtl, nowMillis);
        boolean enough = found.tested() < maxTraces || found.traces().size() >= request.limit();
        maxTraces = Integer.MAX_VALUE;
        return enough;
    }

    List<List<Span>> results() {
        List<List<Span>> traces = found.traces();
        return traces.subList(0, Math.min(traces.size(), request.limit()));
    }

    /**
     * The traces of these ids, newest first, that meet the conditions, after those that were found
     * before.
     */
    List<List<Span>> ofCandidates(Map<String, Long> candidates) {
        found.test(newestFirst(candidates, Long.MIN_VALUE), this::enough);
        return results();
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
        Map<String, Long> rows = new HashMap<>();
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
                due.get(i).take(pages.get(i), rows);
            }
            going.removeIf(IndexWalk::ended);
            reach = going.stream().mapToLong(IndexWalk::reachMillis).max().orElse(Long.MIN_VALUE);
            found.test(newestFirst(rows, reach), this::enough);
        }
    }

    private List<String> newestFirst(Map<String, Long> rows, long reach) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getValue() > reach && !found.isTested(entry.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean enough() {
        return found.traces().size() >= request.limit()
                || found.tested() >= maxTraces
                || found.spansRead() >= reader.maxSpans()
                || System.nanoTime() >= deadlineNanos;
    }
}
