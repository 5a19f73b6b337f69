package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import zipkin.ee.cdi.SingleInstance;

/**
 * {@link SpansV1Resource} where the storage is done when it returns: an answer that is there needs
 * no asynchronous request.
 */
@SingleInstance
@Path("/api/v1")
public class SpansV1AtOnceResource {
    @Inject
    SpanIntake intake;

    @POST
    @Path("/spans")
    public Response post(@Context HttpServletRequest request) {
        return intake.postAtOnce(request, SpansV1Resource.encoding(request));
    }
}
