package zipkin.ee.interchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Traces that show what storages may have trouble with: ids of both lengths, shared spans, texts of
 * all kinds, what is missing.
 */
final class InterchangeTraces {
    static final List<String> SERVICES = List.of("everywhere", "frontend", "backend", "mysql", "nobody");
    static final List<String> CONDITIONS = List.of(
            "spanName=get",
            "spanName=query",
            "spanName=nothing",
            "remoteServiceName=backend",
            "remoteServiceName=mysql",
            "minDuration=200000",
            "minDuration=1000&maxDuration=60000",
            "minDuration=50000&maxDuration=50000&spanName=query",
            Interchange.annotationQuery("error"),
            Interchange.annotationQuery("http.path=/api/a"),
            Interchange.annotationQuery("http.path=/api/b and error"),
            Interchange.annotationQuery("environment=production"),
            Interchange.annotationQuery("ws"),
            Interchange.annotationQuery("quoted=it's \"so\" \u00fc\u4e2d\ud83d\ude00"),
            Interchange.annotationQuery("percent=100%"),
            Interchange.annotationQuery("absent"));

    private final List<List<Span>> traces = new ArrayList<>();

    /**
     * @param startMillis of the first trace; each next one begins a second later
     * @param mark the value of the tag that distinguishes these traces
     */
    InterchangeTraces(long startMillis, String mark) {
        for (int i = 0; i < 4; i++) {
            traces.add(call((startMillis + 1000L * i) * 1000, mark, i % 2 == 0, i == 3));
        }
        traces.add(odd((startMillis + 5000) * 1000));
    }

    /** A frontend calls a backend, which calls a database that does not report. */
    private static List<Span> call(long startMicros, String mark, boolean longId, boolean failed) {
        String traceId = newId(longId);
        Endpoint frontend = endpoint("frontend", "10.0.0.1", 0);
        Endpoint backend = endpoint("backend", "10.0.0.2", 9000);
        Endpoint mysql = endpoint("mysql", "2001:db8::c001", 3306);
        Span.Builder query = Span.newBuilder()
                .traceId(traceId)
                .parentId("2")
                .id("3")
                .kind(Span.Kind.CLIENT)
                .name("query")
                .timestamp(startMicros + 150_000)
                .duration(50_000)
                .localEndpoint(backend)
                .remoteEndpoint(mysql);
        if (failed) {
            query.putTag("error", "timeout");
        }
        return List.of(
                Span.newBuilder()
                        .traceId(traceId)
                        .id("1")
                        .kind(Span.Kind.SERVER)
                        .name("get")
                        .timestamp(startMicros)
                        .duration(350_000)
                        .localEndpoint(frontend)
                        .putTag("http.path", "/api/" + mark)
                        .putTag("environment", "production")
                        .build(),
                Span.newBuilder()
                        .traceId(traceId)
                        .parentId("1")
                        .id("2")
                        .kind(Span.Kind.CLIENT)
                        .name("get")
                        .timestamp(startMicros + 50_000)
                        .duration(200_000)
                        .localEndpoint(frontend)
                        .remoteEndpoint(backend)
                        .addAnnotation(startMicros + 50_000, "ws")
                        .addAnnotation(startMicros + 60_000, "retry \"2\"")
                        .putTag("http.path", "/api/" + mark)
                        .build(),
                Span.newBuilder()
                        .traceId(traceId)
                        .parentId("1")
                        .id("2")
                        .kind(Span.Kind.SERVER)
                        .shared(true)
                        .name("get")
                        .timestamp(startMicros + 100_000)
                        .duration(150_000)
                        .localEndpoint(backend)
                        .putTag("environment", "production")
                        .build(),
                query.build(),
                everywhere(traceId, "4", startMicros));
    }

    /** What tracers may leave out, and texts that need escapes. */
    private static List<Span> odd(long startMicros) {
        String traceId = newId(true);
        return List.of(
                everywhere(traceId, "1", startMicros),
                Span.newBuilder()
                        .traceId(traceId)
                        .parentId("1")
                        .id("2")
                        .timestamp(startMicros)
                        .localEndpoint(endpoint("everywhere", "10.0.0.3", 1))
                        .addAnnotation(startMicros, "100%")
                        .putTag("quoted", "it's \"so\" \u00fc\u4e2d\ud83d\ude00")
                        .putTag("percent", "100%")
                        .putTag("empty", "")
                        .putTag("lines", "a\nb\tc\\d")
                        .putTag("long", "x".repeat(1000))
                        .build(),
                Span.newBuilder()
                        .traceId(traceId)
                        .parentId("1")
                        .id("3")
                        .name("no service")
                        .timestamp(startMicros + 1)
                        .debug(true)
                        .build());
    }

    private static Span everywhere(String traceId, String id, long startMicros) {
        Span.Builder span = Span.newBuilder()
                .traceId(traceId)
                .id(id)
                .name("beat")
                .timestamp(startMicros)
                .duration(10)
                .localEndpoint(endpoint("everywhere", "10.0.0.3", 1));
        return id.equals("1") ? span.build() : span.parentId("1").build();
    }

    private static Endpoint endpoint(String service, String ip, int port) {
        return Endpoint.newBuilder().serviceName(service).ip(ip).port(port).build();
    }

    private static String newId(boolean longId) {
        String low = String.format("%016x", ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));
        return longId ? "1" + low.substring(1) + low : low;
    }

    List<List<Span>> traces() {
        return traces;
    }

    List<Span> spans() {
        return traces.stream().flatMap(List::stream).collect(Collectors.toList());
    }

    List<String> traceIds() {
        return traces.stream().map(trace -> trace.get(0).traceId()).toList();
    }
}
