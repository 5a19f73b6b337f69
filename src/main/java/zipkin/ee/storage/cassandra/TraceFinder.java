package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import zipkin.ee.storage.TraceIds;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Chooses how to search for traces: by an index of tags or along the tables by service and day.
 * Thread safe.
 */
final class TraceFinder {
    /**
     * Rows of a tag for each trace wanted, from which on the tag is common and some of the newest
     * traces probably have it.
     */
    private static final int COMMON_ROWS = 3;
    /**
     * Traces for each one wanted that are looked through before an index of tags is asked for
     * thousands of rows.
     */
    private static final int TRACES_BEFORE_TAGS = 6;

    private static final Duration USUAL_INDEX_TTL = Duration.ofDays(3);

    private final TraceReader reader;
    private final InFlight inFlight;
    private final TraceIds ids;
    private final int multiplier;
    private final Duration queryTimeout;
    private final Clock clock;

    /**
     * @param multiplier rows of an index read at first for each trace wanted
     */
    TraceFinder(
            TraceReader reader, InFlight inFlight, TraceIds ids, int multiplier, Duration queryTimeout, Clock clock) {
        this.reader = reader;
        this.inFlight = inFlight;
        this.ids = ids;
        this.multiplier = multiplier;
        this.queryTimeout = queryTimeout;
        this.clock = clock;
    }

    /**
     * Returns the traces that meet all conditions, newest first.
     *
     * @param allServices the services to look through when the request names none
     */
    List<List<Span>> find(OpenSession session, QueryRequest request, Supplier<List<String>> allServices) {
        long deadlineNanos = System.nanoTime() + queryTimeout.toNanos();
        TraceSearch search = new TraceSearch(session, reader, inFlight, request, ids, multiplier, deadlineNanos);
        Map<String, Long> candidates = TagCandidates.find(session, request, atMost(COMMON_ROWS, request));
        if (candidates != null) {
            return search.ofCandidates(candidates);
        }
        String service = request.serviceName();
        Collection<String> services = service == null ? allServices.get() : List.of(service);
        Duration ttl = indexTtl(session);
        if (!request.annotationQuery().isEmpty()) {
            // Some of the newest traces have a common tag; for a rare one it pays to ask
            // for all of its rows.
            if (search.tryRun(services, ttl, clock.millis(), atMost(TRACES_BEFORE_TAGS, request))) {
                return search.results();
            }
            candidates = TagCandidates.find(session, request, TagCandidates.MAX_ROWS);
            if (candidates != null) {
                return search.ofCandidates(candidates);
            }
        }
        return search.run(services, ttl, clock.millis());
    }

    private static int atMost(int each, QueryRequest request) {
        return (int) Math.min((long) each * request.limit(), TagCandidates.MAX_ROWS);
    }

    private static Duration indexTtl(OpenSession session) {
        return session.driver()
                .getMetadata()
                .getKeyspace(session.keyspace())
                .flatMap(keyspace -> keyspace.getTable("trace_by_service_span"))
                .map(table -> table.getOptions().get(CqlIdentifier.fromInternal("default_time_to_live")))
                .map(seconds -> Duration.ofSeconds(((Number) seconds).longValue()))
                .filter(ttl -> !ttl.isZero())
                .orElse(USUAL_INDEX_TTL);
    }
}
