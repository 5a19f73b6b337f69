package zipkin.ee.http;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.config.QuerySettings;

/**
 * The origins that browsers may call from, {@code COLLECTOR_OTLP_ALLOWED_ORIGINS} for OTLP and
 * {@code ZIPKIN_QUERY_ALLOWED_ORIGINS} for everything else, and the headers that all answers have.
 */
@SingleInstance
public final class CorsPolicy {
    public static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    public static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";
    static final String NO_SNIFFING = "X-Content-Type-Options";

    private final AllowedOrigins query;
    private final AllowedOrigins otlp;

    @Inject
    public CorsPolicy(QuerySettings settings, OtlpSettings otlpSettings) {
        this.query = new AllowedOrigins(settings.allowedOrigins(), false);
        this.otlp = new AllowedOrigins(otlpSettings.allowedOrigins(), true);
    }

    /** @param path without the context path */
    AllowedOrigins of(String path) {
        return Routes.isOtlp(path) ? otlp : query;
    }

    /**
     * Sets the headers that all answers have. Vary is set for requests without an origin too: a
     * cache must not give their answer to a browser that needs Access-Control-Allow-Origin.
     */
    void begin(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(NO_SNIFFING, "nosniff");
        AllowedOrigins origins = of(request);
        if (!origins.allowsAll()) {
            response.setHeader("Vary", "origin");
        }
        allow(origins, request, response);
    }

    /** Sets the headers by which a browser gives the answer to the page that sent the request. */
    public void allow(HttpServletRequest request, HttpServletResponse response) {
        allow(of(request), request, response);
    }

    private static void allow(AllowedOrigins origins, HttpServletRequest request, HttpServletResponse response) {
        @Nullable String allowed = origins.allowed(request.getHeader("Origin"));
        if (allowed != null) {
            response.setHeader(ALLOW_ORIGIN, allowed);
            if (origins.allowsCredentials()) {
                response.setHeader(ALLOW_CREDENTIALS, "true");
            }
        }
    }

    private AllowedOrigins of(HttpServletRequest request) {
        return of(request.getRequestURI().substring(request.getContextPath().length()));
    }
}
