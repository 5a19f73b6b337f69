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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;

/**
 * Answers preflight requests and sets the CORS headers that depend on the method: GET and POST are
 * allowed, with the headers of the reference and those that a preflight asks for. OTLP is sent by
 * POST, with fewer headers. {@link CorsPolicy} sets the other headers.
 */
@SingleInstance
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PREFLIGHT = CorsFilter.class.getName() + ".preflight";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
    private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";
    private static final String REFERENCE_HEADERS = "content-type,x-grpc-web";
    private static final String OTLP_HEADERS = "content-type,content-encoding,authorization,x-requested-with";

    /** Other headers that pages may set for OTLP, if a preflight asks for them. */
    private static final Pattern OTLP_ASKED = Pattern.compile("x-.*|traceparent|tracestate|b3");

    private static final Pattern ANY_ASKED = Pattern.compile(".*");
    private static final String OTLP_MAX_AGE_SECONDS = "7200";

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
        String path = request.getUriInfo().getRequestUri().getRawPath();
        AllowedOrigins origins = policy.of(path);
        if (!origins.allowsAll()) {
            headers.add(
                    HttpHeaders.VARY, "origin"); // again, because values that are set here replace those of CorsPolicy
        }
        if (origins.allowed(request.getHeaderString("Origin")) == null) {
            return;
        }
        boolean otlp = Routes.isOtlp(path);
        if (request.getProperty(PREFLIGHT) != null) {
            String asked = request.getHeaderString(ASKED_HEADERS);
            headers.putSingle(ALLOW_HEADERS, otlp ? allowedOtlpHeaders(asked) : allowedHeaders(asked));
            headers.add(HttpHeaders.VARY, ASKED_HEADERS.toLowerCase(Locale.ROOT));
            headers.putSingle("Access-Control-Allow-Methods", otlp ? "POST" : "GET,POST");
            headers.putSingle("Access-Control-Max-Age", otlp ? OTLP_MAX_AGE_SECONDS : "0");
        } else if (otlp) {
            headers.putSingle("Access-Control-Expose-Headers", HttpHeaders.RETRY_AFTER);
        } else {
            headers.putSingle(ALLOW_HEADERS, REFERENCE_HEADERS);
            headers.putSingle(
                    "Access-Control-Expose-Headers", "grpc-status,grpc-message,armeria.grpc.throwableproto-bin");
        }
    }

    /** The headers of the reference, then those requested that are valid names. */
    static String allowedHeaders(@Nullable String asked) {
        return allowedHeaders(REFERENCE_HEADERS, asked, ANY_ASKED);
    }

    static String allowedOtlpHeaders(@Nullable String asked) {
        return allowedHeaders(OTLP_HEADERS, asked, OTLP_ASKED);
    }

    private static String allowedHeaders(String always, @Nullable String asked, Pattern allowed) {
        if (asked == null) {
            return always;
        }
        Set<String> names = new TreeSet<>();
        for (String each : asked.split(",", MAX_ASKED_HEADERS + 1)) {
            String name = each.trim().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()
                    && name.length() <= MAX_NAME
                    && RequestFraming.isToken(name, 0)
                    && allowed.matcher(name).matches()) {
                names.add(name);
            }
        }
        Set.of(always.split(",", -1)).forEach(names::remove);
        return names.isEmpty() ? always : always + "," + String.join(",", names);
    }
}
