package zipkin.ee.ops;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import zipkin.ee.cdi.SingleInstance;

/** {@link HealthChecks} and {@link Liveness} at the paths of Zipkin, Spring Boot and Kubernetes. */
@SingleInstance
@Path("/")
public class HealthResource {
    @Inject
    HealthChecks checks;

    @Inject
    Liveness liveness;

    @GET
    @Path("/health")
    public void health(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.JSON_UTF_8);
    }

    @GET
    @Path("/health/ready")
    public void ready(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.JSON_UTF_8);
    }

    @GET
    @Path("/health/live")
    public Response live() {
        return liveness.answer(PrettyJson.JSON_UTF_8);
    }

    @GET
    @Path("/actuator/health")
    public void actuatorHealth(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.ACTUATOR);
    }

    @GET
    @Path("/actuator/health/readiness")
    public void actuatorReadiness(@Suspended AsyncResponse response) {
        checks.answer(response, PrettyJson.ACTUATOR);
    }

    @GET
    @Path("/actuator/health/liveness")
    public Response actuatorLiveness() {
        return liveness.answer(PrettyJson.ACTUATOR);
    }
}
