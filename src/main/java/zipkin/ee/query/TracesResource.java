package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.Answers;
import zipkin.ee.http.answer.AnswerRoom;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.StorageComponent;

/** Traces by search, by id and by ids, as v2 JSON. */
@SingleInstance
@Path("/api/v2")
public class TracesResource {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_TRACE_IDS = 1000;

    @Inject
    StorageComponent storage;

    @Inject
    QuerySettings settings;

    @Inject
    QueryRunner runner;

    @Inject
    LongQueries reading;

    @Inject
    TraceJson json;

    /** {@code [[span, …], …]}, newest trace first. */
    @GET
    @Path("/traces")
    public void traces(@Context UriInfo uri, @Context HttpServletRequest servlet, @Suspended AsyncResponse response) {
        QueryRequest request = queryRequest(new QueryParameters(uri), settings.lookbackMillis(), settings.maxLimit());
        AnswerRoom room = AnswerRoom.of(servlet);
        runner.run(
                response,
                () -> reading.read(
                        room::require,
                        () -> json.traces(storage.spanStore().getTraces(request).execute(), room)));
    }

    static QueryRequest queryRequest(QueryParameters parameters, long lookbackMillis, int maxLimit) {
        QueryRequest request = QueryRequest.newBuilder()
                .serviceName(parameters.text("serviceName"))
                .remoteServiceName(parameters.text("remoteServiceName"))
                .spanName(parameters.text("spanName"))
                .parseAnnotationQuery(parameters.text("annotationQuery"))
                .minDuration(parameters.number("minDuration"))
                .maxDuration(parameters.number("maxDuration"))
                .endTs(parameters.number("endTs", System.currentTimeMillis()))
                .lookback(parameters.number("lookback", lookbackMillis))
                .limit(parameters.smallNumber("limit", DEFAULT_LIMIT))
                .build();
        return request.limit() <= maxLimit
                ? request
                : request.toBuilder().limit(maxLimit).build();
    }

    /** {@code [span, …]}, as reported. */
    @GET
    @Path("/trace/{traceId: .+}")
    public void trace(
            @PathParam("traceId") String id, @Context HttpServletRequest servlet, @Suspended AsyncResponse response) {
        String traceId = Span.normalizeTraceId(id.trim());
        AnswerRoom room = AnswerRoom.of(servlet);
        runner.lookUpTrace(
                response,
                () -> reading.read(room::require, () -> {
                    List<Span> trace = storage.traces().getTrace(traceId).execute();
                    return trace.isEmpty() ? Answers.text(404, traceId + " not found") : json.trace(trace, room);
                }));
    }

    /** {@code [[span, …], …]} of at least two ids; unknown ones are left out. */
    @GET
    @Path("/traceMany")
    public void traceMany(
            @Context UriInfo uri, @Context HttpServletRequest servlet, @Suspended AsyncResponse response) {
        Set<String> traceIds = traceIds(new QueryParameters(uri).mandatoryText("traceIds"));
        AnswerRoom room = AnswerRoom.of(servlet);
        runner.run(
                response,
                () -> reading.read(
                        room::require,
                        () -> json.traces(storage.traces().getTraces(traceIds).execute(), room)));
    }

    static Set<String> traceIds(String list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("traceIds parameter is empty");
        }
        Set<String> traceIds = new LinkedHashSet<>();
        for (String id : list.split(",", MAX_TRACE_IDS)) {
            if (!traceIds.add(Span.normalizeTraceId(id))) {
                throw new IllegalArgumentException("redundant traceId: " + id);
            }
        }
        if (traceIds.size() == 1) {
            throw new IllegalArgumentException("Use /api/v2/trace/{traceId} endpoint to retrieve a single trace");
        }
        return traceIds;
    }
}
