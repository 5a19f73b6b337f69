package zipkin.ee.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;

/**
 * The origins that browsers may call from, {@code ZIPKIN_QUERY_ALLOWED_ORIGINS}, and the headers
 * that all answers have.
 */
@SingleInstance
public final class CorsPolicy {
    public static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    static final String NO_SNIFFING = "X-Content-Type-Options";

    private final List<String> allowedOrigins;
    private final boolean anyOrigin;

    @Inject
    public CorsPolicy(QuerySettings settings) {
        this.allowedOrigins = settings.allowedOrigins();
        this.anyOrigin = allowedOrigins.contains("*");
    }

    /** Whether answers are the same for all origins, so that they need no Vary header. */
    boolean allowsAll() {
        return anyOrigin;
    }

    /**
     * Sets the headers that all answers have. Vary is set for requests without an origin too: a
     * cache must not give their answer to a browser that needs Access-Control-Allow-Origin.
     */
    void begin(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(NO_SNIFFING, "nosniff");
        if (!anyOrigin) {
            response.setHeader("Vary", "origin");
        }
        String allowed = allowedOrigin(request.getHeader("Origin"));
        if (allowed != null) {
            response.setHeader(ALLOW_ORIGIN, allowed);
        }
    }

    /**
     * @param origin the request's Origin header, or null
     * @return the value of Access-Control-Allow-Origin, or null for none
     */
    public @Nullable String allowedOrigin(@Nullable String origin) {
        if (origin == null) {
            return null;
        }
        if (anyOrigin) {
            return "null".equals(origin) ? origin : "*";
        }
        // Scheme and host are case-insensitive, but browsers expect what they sent.
        return allowedOrigins.stream().anyMatch(origin::equalsIgnoreCase) ? origin : null;
    }
}
