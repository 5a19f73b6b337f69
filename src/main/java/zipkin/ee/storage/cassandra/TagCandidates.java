package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import zipkin2.storage.QueryRequest;

/** Finds traces by a tag where the cluster has an index for that. Thread safe. */
final class TagCandidates {
    /** With more rows the tag does not help, and the traces of the service are read instead. */
    static final int MAX_ROWS = 10_000;

    private static final String WINDOW = " AND ts_uuid >= ? AND ts_uuid <= ? LIMIT ? ALLOW FILTERING";
    private static final String SASI = "SELECT trace_id, ts_uuid FROM ks.span WHERE annotation_query LIKE ?" + WINDOW;
    private static final String SASI_SERVICE =
            "SELECT trace_id, ts_uuid FROM ks.span WHERE l_service = ? AND annotation_query LIKE ?" + WINDOW;
    private static final String SAI = "SELECT trace_id, ts_uuid FROM ks.span WHERE tags[?] = ?" + WINDOW;

    private TagCandidates() {}

    /**
     * Time in milliseconds of the newest row with one of the conditions, by the key of the trace;
     * null when the index can't answer, so that the traces have to be looked through.
     *
     * @param maxRows with as many rows or more the result is null
     */
    static @Nullable Map<String, Long> find(OpenSession session, QueryRequest request, int maxRows) {
        for (Map.Entry<String, String> condition : request.annotationQuery().entrySet()) {
            BoundStatementBuilder statement = statement(session, request, condition);
            if (statement != null) {
                int i = session.tagIndex() == Schema.TagIndex.SASI && request.serviceName() == null ? 1 : 2;
                BoundStatementBuilder bound = statement
                        .setUuid(i, Uuids.startOf(Math.max(0, request.endTs() - request.lookback())))
                        .setUuid(i + 1, Uuids.endOf(request.endTs()))
                        .setInt(i + 2, maxRows);
                Map<String, Long> found = new HashMap<>();
                int[] rows = {0};
                session.each(bound.build(), row -> {
                    rows[0]++;
                    String trace = row.getString(0);
                    UUID time = row.getUuid(1);
                    if (trace != null && time != null) {
                        found.merge(trace, Uuids.unixTimestamp(time), Math::max);
                    }
                });
                return rows[0] < maxRows ? found : null;
            }
        }
        return null;
    }

    private static @Nullable BoundStatementBuilder statement(
            OpenSession session, QueryRequest request, Map.Entry<String, String> condition) {
        String key = condition.getKey();
        String value = condition.getValue();
        return switch (session.tagIndex()) {
            case SASI -> {
                String term = value.isEmpty() ? key : key + "=" + value;
                // What LIKE takes for a wildcard, the index can't look for.
                if (term.startsWith("%") || term.endsWith("%")) {
                    yield null;
                }
                String service = request.serviceName();
                yield service == null
                        ? session.prepare(SASI).boundStatementBuilder(term)
                        : session.prepare(SASI_SERVICE).boundStatementBuilder(service, term);
            }
            // A key alone may be that of a tag, or an annotation's value, which no index has.
            case SAI -> value.isEmpty() ? null : session.prepare(SAI).boundStatementBuilder(key, value);
            case NONE -> null;
        };
    }
}
