package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/** Speaks HTTP to a Zipkin server as a tracer and a reader do. Redirects are not followed. */
public final class ZipkinHttp {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI server;
    private final HttpClient.Version version;

    /** {@code server} without a trailing slash, as {@link ServerProcess#uri()} has it. */
    public ZipkinHttp(URI server) {
        this(server, HttpClient.Version.HTTP_2);
    }

    /** {@code version}: HTTP_2 offers an upgrade to it, as Java's client does by default. */
    public ZipkinHttp(URI server, HttpClient.Version version) {
        this.server = server;
        this.version = version;
    }

    public URI uri(String path) {
        return URI.create(server + path);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /** {@code headers}: further names and values by turns. */
    public HttpResponse<String> post(String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Reports {@code spans} as v2 JSON; anything but 202 is an error. */
    public void report(List<Span> spans) {
        HttpResponse<String> response =
                post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(spans));
        if (response.statusCode() != 202) {
            throw new IllegalStateException("POST /api/v2/spans: " + response.statusCode() + " " + response.body());
        }
    }

    /**
     * The spans of the trace in the server's order, once there are {@code size} of them; fails
     * after 60 s.
     */
    public List<Span> awaitTrace(String traceId, int size) {
        return Await.value("trace " + traceId, () -> trace(traceId), spans -> spans.size() >= size);
    }

    /**
     * The spans of the only trace in which the service has a span of this name, in the server's
     * order, once there are {@code size} of them; fails after 60 s.
     */
    public List<Span> awaitTraceOf(String service, String spanName, int size) {
        return Await.value(
                "the trace of " + service + ": " + spanName,
                () -> traceOf(service, spanName),
                spans -> spans.size() >= size);
    }

    private List<Span> traceOf(String service, String spanName) {
        String traces = get("/api/v2/traces?serviceName=" + service + "&spanName="
                        + URLEncoder.encode(spanName, StandardCharsets.UTF_8))
                .body();
        String trace = traces.equals("[]") ? traces : traces.substring(1, traces.length() - 1);
        return SpanBytesDecoder.JSON_V2.decodeList(trace.getBytes(StandardCharsets.UTF_8));
    }

    /** The spans of the trace in the server's order; none when it is unknown. */
    public List<Span> trace(String traceId) {
        HttpResponse<String> response = get("/api/v2/trace/" + traceId);
        if (response.statusCode() == 404) {
            return List.of();
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "GET /api/v2/trace/" + traceId + ": " + response.statusCode() + " " + response.body());
        }
        return SpanBytesDecoder.JSON_V2.decodeList(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A counter of a transport on /metrics; 0 while the transport has not counted. */
    public long counter(String name, String transport) {
        return metric("counter.zipkin_collector." + name + "." + transport);
    }

    /** A number on /metrics; 0 while it is missing. */
    public long metric(String name) {
        String key = "\"" + name + "\"";
        String body = get("/metrics").body();
        int at = body.indexOf(key);
        if (at < 0) {
            return 0;
        }
        String value = body.substring(at + key.length()).replaceFirst("(?s)^\\s*:\\s*([0-9.E]+).*", "$1");
        return (long) Double.parseDouble(value);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.version(version).timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
