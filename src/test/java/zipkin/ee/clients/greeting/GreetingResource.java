package zipkin.ee.clients.greeting;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

/** Asks itself for the name that it greets. */
@Path("/")
public class GreetingResource {
    @GET
    @Path("ready")
    public String ready() {
        return "yes";
    }

    @GET
    @Path("hello/{id}")
    public String hello(@PathParam("id") int id, @Context UriInfo uri) {
        try (Client client = ClientBuilder.newClient()) {
            return "Hello "
                    + client.target(uri.getBaseUri())
                            .path("names/" + id)
                            .request()
                            .get(String.class);
        }
    }

    @GET
    @Path("names/{id}")
    public String name(@PathParam("id") int id) {
        return "number " + id;
    }
}
