package zipkin.ee.ui;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * Redirects to a path of this application. The host is left out, because behind a proxy the server
 * does not know the one that the client uses.
 */
final class UiRedirect {
    private UiRedirect() {}

    /** @param target path below the context root, without a slash at its beginning */
    static Response to(String target, UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        String location = uri.getBaseUri().getRawPath() + target + (query == null ? "" : "?" + query);
        return Response.status(302).header(HttpHeaders.LOCATION, location).build();
    }
}
