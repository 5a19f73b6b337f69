package zipkin.ee.ui;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * A resource that answers every method itself, because the reference answers unusual methods other
 * than Jakarta REST does. HEAD is GET without the body.
 *
 * <p>Dependencies are injected into fields: RESTEasy refuses a class whose constructor has
 * parameters that it does not know.
 */
public abstract class AnyMethodResource {
    /** The answer to GET and, without its body, to HEAD. */
    abstract Response read(UriInfo uri, HttpHeaders headers);

    /** The answer to all other methods. */
    abstract Response change(UriInfo uri);

    @GET
    public Response get(@Context UriInfo uri, @Context HttpHeaders headers) {
        return read(uri, headers);
    }

    @POST
    public Response post(@Context UriInfo uri) {
        return change(uri);
    }

    @PUT
    public Response put(@Context UriInfo uri) {
        return change(uri);
    }

    @DELETE
    public Response delete(@Context UriInfo uri) {
        return change(uri);
    }

    @PATCH
    public Response patch(@Context UriInfo uri) {
        return change(uri);
    }

    @OPTIONS
    public Response options(@Context UriInfo uri) {
        return change(uri);
    }
}
