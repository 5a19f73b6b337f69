package zipkin.ee.selftracing;

import brave.SpanCustomizer;
import brave.http.HttpRequest;
import brave.http.HttpRequestParser;
import brave.http.HttpTags;
import brave.propagation.TraceContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names spans by method and route, with what differs between requests left out, so that there are few names. */
final class OwnRequests implements HttpRequestParser {
    private static final String ZIPKIN = "/zipkin";
    private static final String TRACE = "/api/v2/trace/";

    @Override
    public void parse(HttpRequest request, TraceContext context, SpanCustomizer span) {
        span.name(request.method().toLowerCase(Locale.ROOT) + " " + route(request.path()));
        HttpTags.METHOD.tag(request, context, span);
        HttpTags.PATH.tag(request, context, span);
    }

    static String route(@Nullable String path) {
        if (path == null) {
            return "/*";
        }
        String api = path.startsWith(ZIPKIN + "/api/") ? path.substring(ZIPKIN.length()) : path;
        if (api.startsWith(TRACE)) {
            return path.substring(0, path.length() - api.length()) + TRACE + "{traceId}";
        }
        if (api.matches("/api/v[12]/[a-zA-Z]{1,30}") || api.matches("/(health|info|metrics|prometheus)")) {
            return path;
        }
        return path.startsWith(ZIPKIN + "/") ? ZIPKIN + "/*" : "/*";
    }
}
