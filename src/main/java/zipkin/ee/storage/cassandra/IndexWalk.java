package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.Map;
import java.util.UUID;

/**
 * Walks one partition of an index from the newest row to the oldest of a window, in pages that
 * grow. Used by one thread.
 */
final class IndexWalk {
    private static final int GROWTH = 4;
    private static final int SMALLEST_PAGE = 10;
    private static final int LARGEST_PAGE = 5000;

    static final String BY_SPAN = "SELECT trace_id, ts FROM ks.trace_by_service_span"
            + " WHERE service = ? AND span = ? AND bucket = ? AND ts >= ? AND ts <= ? LIMIT ?";
    static final String WITH_DURATION = "SELECT trace_id, ts, duration FROM ks.trace_by_service_span"
            + " WHERE service = ? AND span = ? AND bucket = ? AND ts >= ? AND ts <= ? LIMIT ?";
    /** Where the duration has an index of its own: SASI's. */
    static final String BY_DURATION = "SELECT trace_id, ts, duration FROM ks.trace_by_service_span"
            + " WHERE service = ? AND span = ? AND bucket = ? AND ts >= ? AND ts <= ? AND duration >= ? LIMIT ?"
            + " ALLOW FILTERING";

    static final String BY_REMOTE = "SELECT trace_id, ts FROM ks.trace_by_service_remote_service"
            + " WHERE service = ? AND remote_service = ? AND bucket = ? AND ts >= ? AND ts <= ? LIMIT ?";

    private final String cql;
    private final String service;
    private final String name;
    private final int day;
    private final UUID from;
    private final long minMillis;
    private UUID to;
    private int pageSize;
    private long reachMillis;
    private boolean ended;

    /**
     * @param cql one of the statements here
     * @param name of the span or the remote service
     * @param minMillis least duration; only with {@link #WITH_DURATION} and {@link #BY_DURATION},
     *     otherwise 0
     */
    IndexWalk(
            String cql,
            String service,
            String name,
            int day,
            long fromMillis,
            long toMillis,
            long minMillis,
            int pageSize) {
        this.cql = cql;
        this.service = service;
        this.name = name;
        this.day = day;
        this.from = Uuids.startOf(fromMillis);
        this.to = Uuids.endOf(toMillis);
        this.minMillis = minMillis;
        // A page of one row would never get beyond it, since bounds are inclusive.
        this.pageSize = Math.max(SMALLEST_PAGE, Math.min(pageSize, LARGEST_PAGE));
        this.reachMillis = Long.MAX_VALUE;
    }

    BoundStatement next(OpenSession session) {
        PreparedStatement prepared = session.prepare(cql);
        BoundStatement bound = cql.equals(BY_DURATION)
                ? prepared.bind(service, name, day, from, to, minMillis, pageSize)
                : prepared.bind(service, name, day, from, to, pageSize);
        return bound.setPageSize(pageSize);
    }

    /**
     * Takes what {@link #next} was answered.
     *
     * @param found time in milliseconds of the newest row of each trace, by the trace's key
     */
    void take(AsyncResultSet page, Map<String, Long> found) {
        int rows = 0;
        for (Row row : page.currentPage()) {
            rows++;
            UUID time = row.getUuid("ts");
            String trace = row.getString("trace_id");
            if (time != null && trace != null) {
                reachMillis = Uuids.unixTimestamp(time);
                to = time;
                if (minMillis == 0 || row.getLong("duration") >= minMillis) {
                    found.merge(trace, reachMillis, Math::max);
                }
            }
        }
        // The last row comes again as the first of the next page, since bounds are inclusive.
        ended = rows < pageSize;
        pageSize = Math.min(pageSize * GROWTH, LARGEST_PAGE);
    }

    /** Rows after this time have all been seen. */
    long reachMillis() {
        return ended ? Long.MIN_VALUE : reachMillis;
    }

    boolean ended() {
        return ended;
    }
}
