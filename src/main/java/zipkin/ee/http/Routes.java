package zipkin.ee.http;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of the API's routes for metrics and spans. The list is closed, because each name is a time
 * series and clients choose paths. A test compares it with the resources.
 */
public final class Routes {
    static final Set<String> ALL = Set.of(
            "/api/v1/spans",
            "/api/v2/autocompleteKeys",
            "/api/v2/autocompleteValues",
            "/api/v2/dependencies",
            "/api/v2/remoteServices",
            "/api/v2/services",
            "/api/v2/spans",
            "/api/v2/trace/{traceId}",
            "/api/v2/traceMany",
            "/api/v2/traces",
            "/v1/logs",
            "/v1/metrics",
            "/v1/traces");

    private static final String UI = "/zipkin";
    private static final String UI_API = UI + "/api/v2/";
    private static final String OTLP = "/v1/";
    private static final String TRACE = "/api/v2/trace/";

    /** Matrix parameters and repeated slashes, which routing ignores. */
    private static final Pattern UNROUTED = Pattern.compile(";[^/]*|/(?=/)");

    private Routes() {}

    /** Whether a path without the context path is below that of OTLP. */
    public static boolean isOtlp(String path) {
        // Most paths are decided without the pattern.
        return (path.startsWith("/v1") || path.startsWith("//"))
                && UNROUTED.matcher(path).replaceAll("").startsWith(OTLP);
    }

    /** Returns the route of a decoded path, without {@code /zipkin}, or null for other paths. */
    public static @Nullable String of(String path) {
        String clean = UNROUTED.matcher(path).replaceAll("");
        String api = clean.startsWith(UI_API) ? clean.substring(UI.length()) : clean;
        if (api.startsWith(TRACE) && api.length() > TRACE.length()) {
            return TRACE + "{traceId}";
        }
        return ALL.contains(api) ? api : null;
    }
}
