package zipkin.ee.ui;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * 302 to a place of this application, by path alone: behind a proxy the server does not know what
 * host the client sees.
 */
final class UiRedirect {
    private UiRedirect() {}

    /**
     * Keeps the query.
     *
     * @param target below the context root, without a slash at its beginning
     */
    static Response to(String target, UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        String location = uri.getBaseUri().getRawPath() + target + (query == null ? "" : "?" + query);
        return Response.status(302).header(HttpHeaders.LOCATION, location).build();
    }
}
