package zipkin.ee.ops;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.http.Routes;

/**
 * Times requests of the API by method, route and status, as {@code http_server_requests_seconds}.
 */
@SingleInstance
@PreMatching
@Priority(0)
public final class RequestTimingFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String OTHER = "OTHER";
    private static final String START = RequestTimingFilter.class.getName() + ".startNanos";

    /** Other methods are not used as tags, because clients can invent any number of them. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");

    @Inject
    Meters meters;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(START, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getRequestUri().getPath();
        if (!(request.getProperty(START) instanceof Long startNanos) || !isApi(path)) {
            return;
        }
        meters.requestTimer(method(request.getMethod()), route(path, response.getStatus()), response.getStatus())
                .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    private static boolean isApi(String path) {
        return path.startsWith("/api") || path.startsWith("/zipkin/api") || Routes.isOtlp(path);
    }

    private static String method(String method) {
        return METHODS.contains(method) ? method : OTHER;
    }

    private static String route(String path, int status) {
        if (status == 404) {
            return "NOT_FOUND";
        }
        String route = status == 405 ? null : Routes.of(path);
        return route == null ? OTHER : route;
    }
}
