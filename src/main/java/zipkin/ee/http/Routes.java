package zipkin.ee.http;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the API as metrics and spans name them: a closed list, since each name is a series
 * that is kept for good, and clients choose paths. A test compares the list with the resources.
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
            "/api/v2/traces");

    private static final String UI = "/zipkin";
    private static final String UI_API = UI + "/api/v2/";
    private static final String TRACE = "/api/v2/trace/";

    /** Matrix parameters and repeated slashes, which lead to the same route. */
    private static final Pattern UNROUTED = Pattern.compile(";[^/]*|/(?=/)");

    private Routes() {}

    /**
     * The route that a decoded path leads to, without {@code /zipkin}; null when it leads to none.
     */
    public static @Nullable String of(String path) {
        String clean = UNROUTED.matcher(path).replaceAll("");
        String api = clean.startsWith(UI_API) ? clean.substring(UI.length()) : clean;
        if (api.startsWith(TRACE) && api.length() > TRACE.length()) {
            return TRACE + "{traceId}";
        }
        return ALL.contains(api) ? api : null;
    }
}
