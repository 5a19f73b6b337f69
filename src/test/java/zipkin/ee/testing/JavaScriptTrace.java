package zipkin.ee.testing;

import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The trace that {@code src/test/npm/otlp-trace.js} exports: a server span with a client child that
 * fails.
 */
public record JavaScriptTrace(String traceId, List<Span> expected) {
    private static final Endpoint CHECKOUT =
            Endpoint.newBuilder().serviceName("checkout").build();

    /**
     * @param printed what the script resolves to: the ids of the trace, the root and its child, and
     *     the root's start in epoch milliseconds
     */
    public static JavaScriptTrace of(String printed) {
        String[] words = printed.strip().split(" ", -1);
        long startMicros = Long.parseLong(words[3]) * 1000;
        return new JavaScriptTrace(
                words[0],
                List.of(root(words[0], words[1], startMicros), child(words[0], words[1], words[2], startMicros)));
    }

    private static Span root(String traceId, String id, long startMicros) {
        return span(traceId, id, startMicros, 4_000)
                .kind(Span.Kind.SERVER)
                .name("post /order")
                .remoteEndpoint(
                        Endpoint.newBuilder().ip("10.5.0.9").port(40_000).build())
                .putTag("http.request.method", "POST")
                .putTag("client.address", "10.5.0.9")
                .putTag("client.port", "40000")
                .build();
    }

    private static Span child(String traceId, String parentId, String id, long startMicros) {
        return span(traceId, id, startMicros + 1_000, 2_000)
                .parentId(parentId)
                .kind(Span.Kind.CLIENT)
                .name("charge")
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("payments")
                        .ip("10.5.0.2")
                        .port(8443)
                        .build())
                .addAnnotation(startMicros + 2_000, "\"retry\":{\"attempt\":2}")
                .putTag("server.address", "Payments")
                .putTag("network.peer.address", "10.5.0.2")
                .putTag("network.peer.port", "8443")
                .putTag("amount", "1.5")
                .putTag("items", "[\"tea\",\"bread\"]")
                .putTag("error", "card declined")
                .putTag("otel.status_code", "ERROR")
                .build();
    }

    private static Span.Builder span(String traceId, String id, long startMicros, long durationMicros) {
        return Span.newBuilder()
                .traceId(traceId)
                .id(id)
                .localEndpoint(CHECKOUT)
                .timestamp(startMicros)
                .duration(durationMicros)
                .putTag("otel.scope.name", "shop");
    }
}
