package zipkin.ee.ops;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import zipkin.ee.cdi.SingleInstance;

/** {@link HealthChecks} over HTTP. */
@SingleInstance
@Path("/")
public class HealthResource {
    @Inject
    HealthChecks checks;

    @GET
    @Path("/health")
    public void health(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.JSON_UTF_8);
    }

    @GET
    @Path("/actuator/health")
    public void actuatorHealth(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.ACTUATOR);
    }
}
