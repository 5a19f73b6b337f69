package zipkin.ee.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;

/**
 * Which origins browsers may call from: {@code ZIPKIN_QUERY_ALLOWED_ORIGINS}; and the headers of
 * every answer.
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

    /** Whether answers are the same for all origins, so that caches need not tell them apart. */
    boolean allowsAll() {
        return anyOrigin;
    }

    /**
     * Sets what all answers have, whoever writes them. Caches have to tell origins apart unless all
     * are allowed, also for requests without an origin: their answer must not be given to a browser
     * that needs the header.
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
     * @return the value of Access-Control-Allow-Origin, or null when there is to be none
     */
    public @Nullable String allowedOrigin(@Nullable String origin) {
        if (origin == null) {
            return null;
        }
        if (anyOrigin) {
            return "null".equals(origin) ? origin : "*";
        }
        // Scheme and host are case-insensitive; the browser is told what it sent.
        return allowedOrigins.stream().anyMatch(origin::equalsIgnoreCase) ? origin : null;
    }
}
