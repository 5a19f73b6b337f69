package zipkin.ee.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origins that browsers may call some paths from.
 *
 * @param origins {@code *} for all
 * @param credentials whether browsers may send credentials from an origin that is listed by name
 */
record AllowedOrigins(List<String> origins, boolean credentials) {
    /** Whether answers are the same for all origins, so that they need no Vary header. */
    boolean allowsAll() {
        return origins.contains("*");
    }

    /** Whether an allowed origin may send credentials. */
    boolean allowsCredentials() {
        return credentials && !allowsAll();
    }

    /**
     * @param origin the request's Origin header, or null
     * @return the value of Access-Control-Allow-Origin, or null for none
     */
    @Nullable
    String allowed(@Nullable String origin) {
        if (origin == null) {
            return null;
        }
        if (allowsAll()) {
            return "null".equals(origin) ? origin : "*";
        }
        // Scheme and host are case-insensitive, but browsers expect what they sent.
        return origins.stream().anyMatch(origin::equalsIgnoreCase) ? origin : null;
    }
}
