package zipkin.ee.ops;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import zipkin.ee.cdi.SingleInstance;

/** {@code {"zipkin":{"version":…,"commit":…}}} and a line feed. */
@SingleInstance
@Path("/")
public class InfoResource {
    @Inject
    Version version;

    @GET
    @Path("/info")
    public Response info() {
        return Response.ok(body(), PrettyJson.JSON_UTF_8).build();
    }

    @GET
    @Path("/actuator/info")
    public Response actuatorInfo() {
        return Response.ok(body(), PrettyJson.ACTUATOR).build();
    }

    private byte[] body() {
        String json =
                "{\"zipkin\":{\"version\":\"" + version.version() + "\",\"commit\":\"" + version.commit() + "\"}}\n";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
