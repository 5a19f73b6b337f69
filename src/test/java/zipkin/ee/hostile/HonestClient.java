package zipkin.ee.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/**
 * A tracer and a reader as they should be: posts a small trace several times a second, sends what
 * was answered 503 again, asks for the health and for the trace that it has just sent, and
 * remembers how long everything took and what was lost. One thread.
 */
final class HonestClient {
    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final int SPANS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(GIVE_UP)
            .build();
    private final URI server;
    private final Endpoint service =
            Endpoint.newBuilder().serviceName("honest").ip("10.0.0.1").build();
    private final List<String> acknowledged = new ArrayList<>();
    /** What each request took, by what it asked for. */
    private final Map<String, List<Long>> nanos = new TreeMap<>();

    private final List<String> failures = new ArrayList<>();
    private int putOff;

    HonestClient(URI server) {
        this.server = server;
    }

    /** Works until a time of {@link System#nanoTime()}. */
    void runUntil(long endNanos) {
        while (System.nanoTime() - endNanos < 0) {
            step();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void step() {
        List<Span> trace = trace();
        String traceId = trace.get(0).traceId();
        try {
            long until = System.nanoTime() + GIVE_UP.toNanos();
            int status = post(trace);
            while (status == 503 && System.nanoTime() - until < 0) {
                putOff++;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                status = post(trace);
            }
            if (status != 202) {
                failures.add("POST answered " + status);
                return;
            }
            acknowledged.add(traceId);
            HttpResponse<String> found = read(traceId);
            if (!isWhole(found)) {
                failures.add("trace " + traceId + " was acknowledged, and its read was answered " + found.statusCode());
            }
            HttpResponse<String> live =
                    send(HttpRequest.newBuilder(server.resolve("/health")).build());
            if (live.statusCode() != 200) {
                failures.add("/health answered " + live.statusCode() + " " + live.body());
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    private List<Span> trace() {
        long id = ThreadLocalRandom.current().nextLong(1L << 48, Long.MAX_VALUE);
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= SPANS; i++) {
            spans.add(Span.newBuilder()
                    .traceId(0, id)
                    .id(id + i)
                    .name("get /cart")
                    .timestamp(System.currentTimeMillis() * 1000)
                    .duration(1000L * i)
                    .localEndpoint(service)
                    .build());
        }
        return spans;
    }

    private int post(List<Span> spans) throws IOException {
        return send(HttpRequest.newBuilder(server.resolve("/api/v2/spans"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(SpanBytesEncoder.JSON_V2.encodeList(spans)))
                        .build())
                .statusCode();
    }

    /** Whether a trace that this client sent is there with all of its spans. */
    boolean isWhole(String traceId) throws IOException {
        return isWhole(read(traceId));
    }

    private HttpResponse<String> read(String traceId) throws IOException {
        return send(HttpRequest.newBuilder(server.resolve("/api/v2/trace/" + traceId))
                .build());
    }

    private static boolean isWhole(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                && SpanBytesDecoder.JSON_V2
                                .decodeList(answer.body().getBytes(StandardCharsets.UTF_8))
                                .size()
                        == SPANS;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        long start = System.nanoTime();
        String kind = request.uri().getPath().replaceFirst("(/api/v2/\\w+).*", "$1");
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            nanos.computeIfAbsent(kind, any -> new ArrayList<>()).add(System.nanoTime() - start);
        }
    }

    /** Traces that were answered 202. */
    List<String> acknowledged() {
        return acknowledged;
    }

    /** What went wrong, a line each. */
    List<String> failures() {
        return failures;
    }

    /** How often the server answered 503. */
    int putOff() {
        return putOff;
    }

    /** The time below which this share of the requests were answered. */
    Duration answeredWithin(double share) {
        return answeredWithin(share, nanos.values().stream().flatMap(List::stream));
    }

    private static Duration answeredWithin(double share, Stream<Long> nanos) {
        List<Long> sorted = nanos.sorted().toList();
        return Duration.ofNanos(sorted.get((int) Math.min(sorted.size() - 1.0, sorted.size() * share)));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(acknowledged.size() + " traces acknowledged, put off " + putOff
                + " times, " + failures.size() + " failures; half of the requests, 99 % and all answered within: ");
        nanos.forEach((kind, each) -> text.append(kind).append(times(each)).append("; "));
        return text + "any"
                + times(nanos.values().stream().flatMap(List::stream).toList());
    }

    private static String times(List<Long> nanos) {
        return List.of(0.5, 0.99, 1.0).stream()
                .map(share -> " " + answeredWithin(share, nanos.stream()).toMillis())
                .collect(Collectors.joining(",", "", " ms"));
    }
}
