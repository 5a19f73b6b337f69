package zipkin.ee.http;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import zipkin.ee.cdi.SingleInstance;

/** Cross-origin requests: GET and POST from {@code ZIPKIN_QUERY_ALLOWED_ORIGINS}, with the reference's headers. */
@SingleInstance
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PREFLIGHT = CorsFilter.class.getName() + ".preflight";

    @Inject
    CorsPolicy policy;

    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.OPTIONS.equals(request.getMethod())
                && request.getHeaderString("Origin") != null
                && request.getHeaderString("Access-Control-Request-Method") != null) {
            request.setProperty(PREFLIGHT, true);
            request.abortWith(Response.ok().build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String allowed = policy.allowedOrigin(request.getHeaderString("Origin"));
        if (allowed == null) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(CorsPolicy.ALLOW_ORIGIN, allowed);
        headers.putSingle("Access-Control-Allow-Headers", "content-type,x-grpc-web");
        if (!policy.allowsAll()) {
            headers.add("Vary", "origin");
        }
        if (request.getProperty(PREFLIGHT) != null) {
            headers.putSingle("Access-Control-Allow-Methods", "GET,POST");
            headers.putSingle("Access-Control-Max-Age", "0");
        } else {
            headers.putSingle(
                    "Access-Control-Expose-Headers", "grpc-status,grpc-message,armeria.grpc.throwableproto-bin");
        }
    }
}
