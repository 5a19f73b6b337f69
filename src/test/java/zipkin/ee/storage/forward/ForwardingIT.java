package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans that are posted to Zipkin EE are found in the reference, which it forwards them to. */
class ForwardingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void httpForwarder_sendsOn_andIsUnavailableWithItsTarget() {
        ReferenceServer reference = ReferenceServer.start(Map.of());
        try (ZipkinEeServer server = ZipkinEeServer.start(Map.of(
                "STORAGE_TYPE", "http-forwarder",
                "HTTP_FORWARDER_ENDPOINT", reference.uri() + "/api/v2/spans",
                "HTTP_FORWARDER_ENCODING", "PROTO3"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Span span = span();

            assertThat(post(zipkin, span).statusCode()).isEqualTo(202);

            assertThat(new ZipkinHttp(reference.uri()).awaitTrace(span.traceId(), 1))
                    .containsExactly(span);
            HttpResponse<String> query = zipkin.get("/api/v2/trace/" + span.traceId());
            assertThat(query.statusCode()).isEqualTo(500);
            assertThat(query.body()).contains("STORAGE_TYPE=http-forwarder forwards spans");

            reference.close();
            HttpResponse<String> refused = post(zipkin, span());
            assertThat(refused.statusCode()).isEqualTo(503);
            HttpResponse<String> health = zipkin.get("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("does not answer");
        } finally {
            reference.close();
        }
    }

    @Test
    void tee_storesInTheFirst_andNothingOfTheOthersHarmsIt() throws IOException {
        ReferenceServer reference = ReferenceServer.start(Map.of());
        try (DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ZipkinEeServer server = ZipkinEeServer.start(Map.of(
                        "STORAGE_TYPE", "mem,http-forwarder,xray",
                        "HTTP_FORWARDER_ENDPOINT", reference.uri() + "/api/v2/spans",
                        "AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + daemon.getLocalPort()))) {
            daemon.setSoTimeout(10_000);
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Await.value(
                    "the start-up screen",
                    LIMIT,
                    server::log,
                    log -> log.contains("also http-forwarder: to " + reference.uri())
                            && log.contains("also xray: to the X-Ray daemon"));
            Span span = span();

            assertThat(post(zipkin, span).statusCode()).isEqualTo(202);

            assertThat(zipkin.trace(span.traceId())).containsExactly(span);
            assertThat(new ZipkinHttp(reference.uri()).awaitTrace(span.traceId(), 1))
                    .containsExactly(span);
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            daemon.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
                    .contains("\"id\":\"" + span.id() + "\"");

            reference.close();
            Span after = span();
            assertThat(post(zipkin, after).statusCode()).isEqualTo(202);
            assertThat(zipkin.trace(after.traceId())).containsExactly(after);
            HttpResponse<String> health = Await.value(
                    "a forwarder that tells of its failure", LIMIT, () -> zipkin.get("/health"), answer -> answer.body()
                            .contains("1 spans were lost to it"));
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(zipkin.get("/prometheus").body()).contains("zipkin_storage_http_forwarder_failed 1.0");
        } finally {
            reference.close();
        }
    }

    private static HttpResponse<String> post(ZipkinHttp zipkin, Span span) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
    }

    private static Span span() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Span.newBuilder()
                .traceId(random.nextLong(1, Long.MAX_VALUE), random.nextLong(1, Long.MAX_VALUE))
                .id(random.nextLong(1, Long.MAX_VALUE))
                .name("forwarded")
                .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                .timestamp(System.currentTimeMillis() * 1000)
                .duration(7)
                .build();
    }
}
