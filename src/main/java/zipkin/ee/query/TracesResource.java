package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.Answers;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
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

    /** {@code [[span, …], …]}, newest trace first. */
    @GET
    @Path("/traces")
    public void traces(@Context UriInfo uri, @Suspended AsyncResponse response) {
        QueryRequest request = queryRequest(new QueryParameters(uri), settings.lookbackMillis(), settings.maxLimit());
        runner.run(response, () -> json(storage.spanStore().getTraces(request).execute()));
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
    public void trace(@PathParam("traceId") String id, @Suspended AsyncResponse response) {
        String traceId = Span.normalizeTraceId(id.trim());
        runner.lookUp(response, () -> {
            List<Span> trace = storage.traces().getTrace(traceId).execute();
            return trace.isEmpty()
                    ? Answers.text(404, traceId + " not found")
                    : Answers.json(SpanBytesEncoder.JSON_V2.encodeList(trace)).build();
        });
    }

    /** {@code [[span, …], …]} of at least two ids; unknown ones are left out. */
    @GET
    @Path("/traceMany")
    public void traceMany(@Context UriInfo uri, @Suspended AsyncResponse response) {
        Set<String> traceIds = traceIds(new QueryParameters(uri).mandatoryText("traceIds"));
        runner.run(response, () -> json(storage.traces().getTraces(traceIds).execute()));
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

    private static Response json(List<List<Span>> traces) throws IOException {
        List<byte[]> encoded = new ArrayList<>(traces.size());
        for (List<Span> trace : traces) {
            encoded.add(SpanBytesEncoder.JSON_V2.encodeList(trace));
        }
        return Answers.json(JsonText.list(encoded)).build();
    }
}
