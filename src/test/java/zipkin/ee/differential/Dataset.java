package zipkin.ee.differential;

import java.util.ArrayList;
import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * The traces that queries look for, each posted as one message. They start one second apart, in
 * posting order, so that "newest first" has one answer.
 */
final class Dataset {
    static final String SHARED = "48485a3953bb6124";
    static final String WIDE = "463ac35c9f6413ad48485a3953bb6125";
    static final String MESSAGING = "a03";
    static final String UNTIMED = "a06";
    static final String LARGE = "a20";

    private final List<Case> posts = new ArrayList<>();

    private Dataset() {}

    static List<Case> posts() {
        Dataset dataset = new Dataset();
        dataset.calls();
        dataset.shapes();
        dataset.manyServices();
        return dataset.posts;
    }

    private void calls() {
        post(
                span(SHARED, null, "1", 0, 100_000, "frontend", "get /")
                        .kind(Span.Kind.SERVER)
                        .putTag("env", "prod")
                        .putTag("http.path", "/"),
                span(SHARED, "1", "2", 0, 80_000, "frontend", "get /api")
                        .kind(Span.Kind.CLIENT)
                        .remoteEndpoint(endpoint("backend"))
                        .addAnnotation(Moment.micros(0) + 10, "wire send"),
                span(SHARED, "1", "2", 0, 70_000, "backend", "get /api")
                        .kind(Span.Kind.SERVER)
                        .shared(true)
                        .remoteEndpoint(endpoint("frontend"))
                        .putTag("error", "500"),
                span(SHARED, "2", "3", 0, 5_000, "backend", "query")
                        .kind(Span.Kind.CLIENT)
                        .remoteEndpoint(endpoint("mysql"))
                        .putTag("sql.query", "select 1"));
        post(
                span(WIDE, null, "1", 1, 200_000, "Frontend", "GET /Other")
                        .kind(Span.Kind.CLIENT)
                        .remoteEndpoint(endpoint("backend"))
                        .putTag("error", "")
                        .putTag("env", "test"),
                span(WIDE, "1", "2", 1, 190_000, "backend", "get /other")
                        .kind(Span.Kind.SERVER)
                        .addAnnotation(Moment.micros(1) + 5, "error"));
        post(
                span(MESSAGING, null, "1", 2, 1_000, "producer", "send")
                        .kind(Span.Kind.PRODUCER)
                        .remoteEndpoint(endpoint("broker")),
                span(MESSAGING, "1", "2", 2, 2_000, "consumer", "receive")
                        .kind(Span.Kind.CONSUMER)
                        .remoteEndpoint(endpoint("broker"))
                        .putTag("env", "prod"),
                span(MESSAGING, "2", "3", 2, 3_000, "consumer", "process"));
        post(
                span("a04", null, "1", 3, 400_000, "frontend", "get /")
                        .kind(Span.Kind.SERVER)
                        .remoteEndpoint(endpoint("mobile")),
                span("a04", "1", "2", 3, 30_000, "frontend", "get /api")
                        .kind(Span.Kind.CLIENT)
                        .remoteEndpoint(endpoint("backend"))
                        .putTag("error", "timeout"));
    }

    private void shapes() {
        post(span("a05", "99", "1", 4, 10, "orphan", "headless").kind(Span.Kind.SERVER));
        post(Span.newBuilder()
                .traceId(UNTIMED)
                .id("1")
                .name("untimed")
                .localEndpoint(endpoint("untimed"))
                .putTag("env", "dev"));
        post(
                span("a07", "1", "2", 5, 50, "skewed", "child before its parent"),
                span("a07", null, "1", 7, 20, "skewed", "parent"));
        post(span("a08", null, "1", 8, 1, "unicode", "gr\u00fc\u00df gott")
                .putTag("key", "v\u00e4l=ue")
                .putTag("a=b", "c")
                .addAnnotation(Moment.micros(8), "two words"));
        post(span("a09", null, "1", 9, 0, "durationless", "all"));
        post(
                span("a0a", null, "1", 10, 10, "front", "root").putTag("http.method", "GET"),
                span("a0a", "1", "2", 11, 900_000, "back", "slow")
                        .addAnnotation(Moment.micros(11), "cache.miss")
                        .putTag("env", "stage"));
        post(Span.newBuilder()
                .traceId("a0b")
                .id("1")
                .timestamp(Moment.micros(12))
                .name("no service")
                .putTag("env", "none"));
        post(Span.newBuilder()
                .traceId("a0c")
                .id("1")
                .timestamp(Moment.micros(13))
                .localEndpoint(endpoint("nameless"))
                .debug(true));
        post(
                span("a0d", null, "1", 14, 5, "self", "loop")
                        .kind(Span.Kind.CLIENT)
                        .remoteEndpoint(endpoint("self")),
                span("a0d", "1", "2", 14, 4, "self", "loop").kind(Span.Kind.SERVER));
    }

    private void manyServices() {
        for (int i = 0; i < 15; i++) {
            post(span("b" + Integer.toHexString(16 + i), null, "1", 20 + i, 1000L + i, "service-" + i % 5, "op-" + i)
                    .putTag("clnt/finagle.version", "6." + i % 4)
                    .remoteEndpoint(endpoint("remote-" + i)));
        }
        List<Span.Builder> large = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            large.add(span(LARGE, i == 1 ? null : "1", Integer.toHexString(i), 60, i, "large", "part-" + i)
                    .putTag("n", "x".repeat(i)));
        }
        post(large.toArray(Span.Builder[]::new));
    }

    private void post(Span.Builder... builders) {
        List<Span> spans = new ArrayList<>();
        for (Span.Builder builder : builders) {
            spans.add(builder.build());
        }
        String trace = spans.get(0).traceId();
        byte[] body = SpanBytesEncoder.JSON_V2.encodeList(spans);
        posts.addAll(Case.post("dataset/" + trace, IntakeCases.V2, body, "Content-Type: application/json")
                .readBack(trace));
    }

    private static Span.Builder span(
            String trace,
            @org.jspecify.annotations.Nullable String parent,
            String id,
            long second,
            long duration,
            String service,
            String name) {
        return Span.newBuilder()
                .traceId(trace)
                .parentId(parent)
                .id(id)
                .name(name)
                .timestamp(Moment.micros(second) + Long.parseLong(id, 16))
                .duration(duration)
                .localEndpoint(endpoint(service));
    }

    private static Endpoint endpoint(String service) {
        return Endpoint.newBuilder().serviceName(service).build();
    }
}
