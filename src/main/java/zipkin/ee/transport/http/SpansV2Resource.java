package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;

/**
 * Takes lists of v2 spans: proto3 when the Content-Type is application/x-protobuf, JSON otherwise,
 * and never 415.
 */
@SingleInstance
@Path("/api/v2")
public class SpansV2Resource {
    @Inject
    SpanIntake intake;

    @POST
    @Path("/spans")
    public CompletionStage<Response> post(@Context HttpServletRequest request) {
        return intake.post(request, encoding(request));
    }

    static Encoding encoding(HttpServletRequest request) {
        return SpanIntake.isMediaType(request, "application/x-protobuf") ? Encoding.PROTO3 : Encoding.JSON_V2;
    }

    /**
     * The same resource for a storage that is done when it returns. An asynchronous request would
     * take a fifth more CPU for a message of one span.
     */
    @SingleInstance
    @Path("/api/v2")
    public static class AtOnce {
        @Inject
        SpanIntake intake;

        @POST
        @Path("/spans")
        public Response post(@Context HttpServletRequest request) {
            return intake.postAtOnce(request, encoding(request));
        }
    }
}
