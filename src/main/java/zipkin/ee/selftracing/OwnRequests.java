package zipkin.ee.selftracing;

import brave.SpanCustomizer;
import brave.http.HttpRequest;
import brave.http.HttpRequestParser;
import brave.http.HttpTags;
import brave.propagation.TraceContext;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.http.Routes;

/**
 * Names spans by method and route. There are few of those, so clients can't fill the storage with
 * names.
 */
final class OwnRequests implements HttpRequestParser {
    private static final String ZIPKIN = "/zipkin";
    private static final Set<String> METHODS = Set.of("delete", "get", "head", "options", "patch", "post", "put");
    private static final Set<String> OPERATIONS = Set.of("/health", "/info", "/metrics", "/prometheus");

    @Override
    public void parse(HttpRequest request, TraceContext context, SpanCustomizer span) {
        span.name(method(request.method()) + " " + route(request.path()));
        HttpTags.METHOD.tag(request, context, span);
        HttpTags.PATH.tag(request, context, span);
    }

    static String method(String method) {
        String name = method.toLowerCase(Locale.ROOT);
        return METHODS.contains(name) ? name : "other";
    }

    static String route(@Nullable String path) {
        if (path == null) {
            return "/*";
        }
        boolean ui = path.startsWith(ZIPKIN + "/");
        String route = Routes.of(path);
        if (route != null) {
            return ui ? ZIPKIN + route : route;
        }
        if (OPERATIONS.contains(path)) {
            return path;
        }
        return ui ? ZIPKIN + "/*" : "/*";
    }
}
