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
 * A resource that answers all methods, because the reference's answers to unusual methods differ
 * from those of Jakarta REST. Subclasses are injected by field, since RESTEasy does not support
 * injected constructors.
 */
public abstract class AnyMethodResource {
    /** Answers GET and, without the body, HEAD. */
    abstract Response read(UriInfo uri, HttpHeaders headers);

    /** Answers all methods other than GET and HEAD. */
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
