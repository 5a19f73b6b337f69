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
 * A resource that answers every method itself, because the reference's answers to unusual ones are
 * not those that Jakarta REST makes. HEAD is GET without the body.
 *
 * <p>Resources take what they need by field: RESTEasy refuses a class whose constructor has
 * parameters that are not its own.
 */
public abstract class AnyMethodResource {
    /** What GET answers. */
    abstract Response read(UriInfo uri, HttpHeaders headers);

    /** What all other methods answer. */
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
