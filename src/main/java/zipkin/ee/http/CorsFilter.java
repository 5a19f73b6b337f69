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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/**
 * Answers preflight requests and sets the CORS headers that depend on the method: GET and POST are
 * allowed, with the headers of the reference and those that a preflight asks for.
 * {@link CorsPolicy} sets the other headers.
 */
@SingleInstance
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PREFLIGHT = CorsFilter.class.getName() + ".preflight";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
    private static final String REFERENCE_HEADERS = "content-type,x-grpc-web";

    /** Most requested headers that an answer repeats. */
    private static final int MAX_ASKED_HEADERS = 64;

    private static final int MAX_NAME = 128;

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
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!policy.allowsAll()) {
            headers.add(
                    HttpHeaders.VARY, "origin"); // again, because values that are set here replace those of CorsPolicy
        }
        if (policy.allowedOrigin(request.getHeaderString("Origin")) == null) {
            return;
        }
        if (request.getProperty(PREFLIGHT) != null) {
            headers.putSingle("Access-Control-Allow-Headers", allowedHeaders(request.getHeaderString(ASKED_HEADERS)));
            headers.add(HttpHeaders.VARY, ASKED_HEADERS.toLowerCase(Locale.ROOT));
            headers.putSingle("Access-Control-Allow-Methods", "GET,POST");
            headers.putSingle("Access-Control-Max-Age", "0");
        } else {
            headers.putSingle("Access-Control-Allow-Headers", REFERENCE_HEADERS);
            headers.putSingle(
                    "Access-Control-Expose-Headers", "grpc-status,grpc-message,armeria.grpc.throwableproto-bin");
        }
    }

    /** The headers of the reference, then those requested that are valid names. */
    static String allowedHeaders(@Nullable String asked) {
        if (asked == null) {
            return REFERENCE_HEADERS;
        }
        Set<String> names = new TreeSet<>();
        for (String each : asked.split(",", MAX_ASKED_HEADERS + 1)) {
            String name = each.trim().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && name.length() <= MAX_NAME && RequestFraming.isToken(name, 0)) {
                names.add(name);
            }
        }
        Set.of(REFERENCE_HEADERS.split(",", 2)).forEach(names::remove);
        return names.isEmpty() ? REFERENCE_HEADERS : REFERENCE_HEADERS + "," + String.join(",", names);
    }
}
