package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import zipkin.ee.codec.Encoding;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Posts bodies over connections that it keeps, and watches the answer and its time. A second is
 * allowed, and 20 times what the machine takes for a harmless request at the moment. A slow one
 * gets a second chance: who is slow twice fails.
 */
final class SpanClient {
    private static final long SECOND = 1_000_000_000L;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;
    private final long limitNanos;

    SpanClient(URI server) {
        this.server = server;
        long[] nanos = new long[41];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            post(Encoding.JSON_V2, SpanMutator.corpus(Encoding.JSON_V2).get(0));
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        this.limitNanos = SECOND + 20 * nanos[nanos.length / 2];
    }

    /** An answer and what it took. */
    record Answer(int status, String text, long nanos) {}

    /**
     * Posts to the path and with the type of {@code encoding}; further headers are name and value
     * in turn.
     */
    Answer post(Encoding encoding, byte[] body, String... headers) {
        String path = encoding == Encoding.JSON_V1 || encoding == Encoding.THRIFT ? "/api/v1/spans" : "/api/v2/spans";
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", contentType(encoding))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .build());
    }

    /** Posts what may be anything: the answer is 202 or 4xx, in time. */
    Answer postHostile(String what, Encoding encoding, byte[] body, String... headers) {
        Answer answer = post(encoding, body, headers);
        if (answer.nanos > limitNanos) {
            answer = post(encoding, body, headers);
        }
        if (answer.status != 202) {
            assertThat(answer.status).as("%s: %s", what, answer.text).isBetween(400, 499);
        }
        assertThat(answer.nanos).as("%s, slow twice: %s", what, answer).isLessThanOrEqualTo(limitNanos);
        return answer;
    }

    /** The server is healthy, takes spans and has names, all in time. */
    void requireServing() {
        assertThat(timedGet("/health").status).isEqualTo(200);
        byte[] span = SpanBytesEncoder.PROTO3.encodeList(List.of(SpanMutator.busySpan()));
        assertThat(postHostile("a good span", Encoding.PROTO3, span).status).isEqualTo(202);
        assertThat(timedGet("/api/v2/services").status).isEqualTo(200);
    }

    /** The server is healthy, and a span that is posted can be read again, all in time. */
    void requireWorking() {
        assertThat(timedGet("/health").status).isEqualTo(200);
        String traceId = String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        Span span = SpanMutator.busySpan().toBuilder().traceId(traceId).build();
        Answer posted = postHostile("a good span", Encoding.PROTO3, SpanBytesEncoder.PROTO3.encodeList(List.of(span)));
        assertThat(posted.status).as(posted.text).isEqualTo(202);
        Answer trace = timedGet("/api/v2/trace/" + traceId);
        assertThat(SpanBytesDecoder.JSON_V2.decodeList(trace.text.getBytes(StandardCharsets.UTF_8)))
                .containsOnly(span);
    }

    private Answer timedGet(String path) {
        Answer answer = get(path);
        if (answer.nanos > limitNanos) {
            answer = get(path);
        }
        assertThat(answer.nanos).as("%s, slow twice: %s", path, answer).isLessThanOrEqualTo(limitNanos);
        return answer;
    }

    private Answer send(HttpRequest request) {
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(request + " after " + (System.nanoTime() - start) / 1_000_000 + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String contentType(Encoding encoding) {
        return switch (encoding) {
            case JSON_V1, JSON_V2 -> "application/json";
            case THRIFT -> "application/x-thrift";
            case PROTO3 -> "application/x-protobuf";
        };
    }
}
