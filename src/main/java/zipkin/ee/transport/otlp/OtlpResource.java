package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import zipkin.ee.cdi.SingleInstance;

/** Takes OTLP in protobuf and in JSON. {@link OtlpFilter} lets only requests of it come here. */
@SingleInstance
@Path("/v1")
public class OtlpResource {
    @Inject
    OtlpIntake intake;

    @POST
    @Path("/traces")
    public CompletionStage<Response> traces(@Context HttpServletRequest request) {
        return intake.post(request, Signal.TRACES);
    }

    @POST
    @Path("/logs")
    public CompletionStage<Response> logs(@Context HttpServletRequest request) {
        return intake.post(request, Signal.LOGS);
    }

    @POST
    @Path("/metrics")
    public Response metrics(@Context HttpServletRequest request) {
        return intake.postAtOnce(request, Signal.METRICS);
    }

    /**
     * The same resource for a storage that is done when it returns, since an asynchronous request
     * takes more CPU.
     */
    @SingleInstance
    @Path("/v1")
    public static class AtOnce {
        @Inject
        OtlpIntake intake;

        @POST
        @Path("/traces")
        public Response traces(@Context HttpServletRequest request) {
            return intake.postAtOnce(request, Signal.TRACES);
        }

        @POST
        @Path("/logs")
        public Response logs(@Context HttpServletRequest request) {
            return intake.postAtOnce(request, Signal.LOGS);
        }

        @POST
        @Path("/metrics")
        public Response metrics(@Context HttpServletRequest request) {
            return intake.postAtOnce(request, Signal.METRICS);
        }
    }
}
