package zipkin.ee.ui;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * 302 to a path of this application, without a host: behind a proxy the server does not know which
 * host the client uses.
 */
final class UiRedirect {
    private UiRedirect() {}

    /**
     * Redirects and keeps the query.
     *
     * @param target below the context root, without a leading slash
     */
    static Response to(String target, UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        String location = uri.getBaseUri().getRawPath() + target + (query == null ? "" : "?" + query);
        return Response.status(302).header(HttpHeaders.LOCATION, location).build();
    }
}
