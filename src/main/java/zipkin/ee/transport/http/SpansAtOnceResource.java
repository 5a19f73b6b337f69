package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import zipkin.ee.cdi.SingleInstance;

/**
 * {@link SpansV1Resource} and {@link SpansV2Resource} where the storage is done when it returns: an answer that is there needs no asynchronous request, which costs
 * Jakarta REST as much as the rest of it.
 */
@SingleInstance
@Path("/api")
public class SpansAtOnceResource {
    @Inject
    SpanIntake intake;

    @POST
    @Path("/v1/spans")
    public Response postV1(@Context HttpServletRequest request) {
        return intake.post(request, SpansV1Resource.encoding(request))
                .toCompletableFuture()
                .join();
    }

    @POST
    @Path("/v2/spans")
    public Response postV2(@Context HttpServletRequest request) {
        return intake.post(request, SpansV2Resource.encoding(request))
                .toCompletableFuture()
                .join();
    }
}
