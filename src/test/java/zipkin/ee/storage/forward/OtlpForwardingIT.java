package zipkin.ee.storage.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans that are posted to Zipkin EE are sent on over OTLP, to a second one and to a socket. */
@ResourceLock(RedeployedZipkin.LOCK)
class OtlpForwardingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 20;

    @Test
    void spans_reachTheOtherServer_andItsOutageNeitherLosesNorDoublesAny() {
        ZipkinEeServer target = ZipkinEeServer.start(Map.of());
        try {
            ZipkinEeServer server = RedeployedZipkin.with(Map.of(
                    "STORAGE_TYPE",
                    "otlp-forwarder",
                    "OTLP_FORWARDER_ENDPOINT",
                    target.uri().toString(),
                    "OTLP_FORWARDER_TIMEOUT",
                    "60s")); // no answer comes so late that a span is sent again
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            ZipkinHttp other = new ZipkinHttp(target.uri());
            String row = "STORAGE_TYPE=otlp-forwarder, to " + target.uri() + "/v1/traces as OTLP in protobuf";
            Await.value("the start-up screen", LIMIT, server::log, log -> log.contains(row));
            Span before = span();

            assertThat(post(zipkin, before).statusCode()).isEqualTo(202);

            assertThat(other.trace(before.traceId())).containsExactly(forwarded(before));

            target = target.killAndRestart();
            List<Span> during = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                Span span = span();
                during.add(span);
                HttpResponse<String> first = post(zipkin, span);
                if (i == 0) {
                    assertThat(first.statusCode()).isEqualTo(503);
                    assertThat(first.headers().firstValue("Retry-After")).contains("5");
                }
                if (first.statusCode() != 202) {
                    Await.value(
                            "what is sent again",
                            LIMIT,
                            () -> post(zipkin, span).statusCode(),
                            code -> code == 202);
                }
            }

            target.awaitHealthy();
            for (Span span : during) {
                assertThat(other.trace(span.traceId())).containsExactly(forwarded(span));
            }
            assertThat(other.counter("spans", "otlp/http")).isEqualTo(MESSAGES);
            Await.value("health", LIMIT, () -> zipkin.get("/health"), answer -> answer.statusCode() == 200);
        } finally {
            target.close();
        }
    }

    @Test
    void tee_countsWhatWasRefused_andAServerRefusesWhatItHasForwarded() throws IOException {
        List<String> paths = Collections.synchronizedList(new ArrayList<>());
        HttpServer target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/v1/traces", exchange -> refuseOne(exchange, paths));
        target.start();
        try {
            ZipkinEeServer server = RedeployedZipkin.with(Map.of(
                    "STORAGE_TYPE",
                    "mem,otlp-forwarder",
                    "OTLP_FORWARDER_ENDPOINT",
                    "http://127.0.0.1:" + target.getAddress().getPort() + "/"));
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Span span = span();

            assertThat(post(zipkin, span).statusCode()).isEqualTo(202);

            assertThat(zipkin.trace(span.traceId())).containsExactly(span);
            Await.value("the message", LIMIT, () -> paths, received -> !received.isEmpty());
            Await.value(
                    "the metric",
                    LIMIT,
                    () -> zipkin.get("/prometheus").body(),
                    metrics -> metrics.contains("zipkin_storage_otlp_refused_spans 1.0")
                            && metrics.contains("zipkin_storage_otlp_forwarder_lost_spans 0.0"));
            assertThat(zipkin.get("/health").body()).contains("1 spans were refused one by one");
            assertThat(server.log()).contains("has refused 1 of them, which are lost to it: because of tests");

            HttpResponse<String> loop = post(zipkin, paths.get(0), span());
            assertThat(loop.statusCode()).isEqualTo(508);
            assertThat(loop.body()).contains("This server has forwarded these spans itself");
            byte[] message = {10, 0};
            HttpResponse<String> otlpLoop =
                    zipkin.post("/v1/traces", "application/x-protobuf", message, ForwardingPath.HEADER, paths.get(0));
            assertThat(otlpLoop.statusCode()).isEqualTo(508);
            assertThat(post(zipkin, "0123456789abcdef", span()).statusCode()).isEqualTo(202);
            Await.value("the second message", LIMIT, () -> paths, received -> received.size() > 1);
            assertThat(paths.get(1)).isEqualTo(paths.get(0) + ", 0123456789abcdef");
        } finally {
            target.stop(0);
        }
    }

    private static void refuseOne(HttpExchange exchange, List<String> paths) throws IOException {
        exchange.getRequestBody().readAllBytes();
        paths.add(exchange.getRequestHeaders().getFirst(ForwardingPath.HEADER));
        ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
        if (paths.size() == 1) {
            response.getPartialSuccessBuilder().setRejectedSpans(1).setErrorMessage("because of tests");
        }
        byte[] body = response.build().toByteArray();
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** What becomes of {@link #span} on the way. */
    private static Span forwarded(Span span) {
        return span.toBuilder()
                .putTag("otel.status_code", "ERROR")
                .putTag("peer.service", "stock")
                .putTag("network.peer.address", "10.3.0.2")
                .putTag("network.peer.port", "8443")
                .build();
    }

    private static HttpResponse<String> post(ZipkinHttp zipkin, Span span) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
    }

    private static HttpResponse<String> post(ZipkinHttp zipkin, String forwardedBy, Span span) {
        byte[] message = SpanBytesEncoder.JSON_V2.encodeList(List.of(span));
        return zipkin.post("/api/v2/spans", "application/json", message, ForwardingPath.HEADER, forwardedBy);
    }

    private static Span span() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long nowMicros = System.currentTimeMillis() * 1000;
        return Span.newBuilder()
                .traceId(random.nextLong(1, Long.MAX_VALUE), random.nextLong(1, Long.MAX_VALUE))
                .parentId(random.nextLong(1, Long.MAX_VALUE))
                .id(random.nextLong(1, Long.MAX_VALUE))
                .kind(Span.Kind.CLIENT)
                .name("reserve")
                .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("stock")
                        .ip("10.3.0.2")
                        .port(8443)
                        .build())
                .timestamp(nowMicros)
                .duration(7)
                .addAnnotation(nowMicros + 1, "sent")
                .addAnnotation(nowMicros + 2, "\"retry\":{\"after_ms\":2,\"of\":[\"a\"]}")
                .putTag("error", "no stock")
                .putTag("http.path", "/größe")
                .build();
    }
}
