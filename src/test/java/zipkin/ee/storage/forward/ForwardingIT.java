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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ScouterServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans that are posted to Zipkin EE are found in the reference, which it forwards them to. */
@ResourceLock(RedeployedZipkin.LOCK)
class ForwardingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void httpForwarder_sendsOn_andIsUnavailableWithItsTarget() {
        ReferenceServer reference = ReferenceServer.start(Map.of());
        try (reference) {
            ZipkinHttp zipkin = forwarding(Map.of(
                    "STORAGE_TYPE", "http-forwarder",
                    "HTTP_FORWARDER_ENDPOINT", reference.uri() + "/api/v2/spans",
                    "HTTP_FORWARDER_ENCODING", "PROTO3"));
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
            HttpResponse<String> health =
                    Await.value("health", LIMIT, () -> zipkin.get("/health"), answer -> answer.statusCode() == 503);
            assertThat(health.body()).contains("does not answer");
        }
    }

    @Test
    void tee_storesInTheFirst_andNothingOfTheOthersHarmsIt() throws IOException {
        ReferenceServer reference = ReferenceServer.start(Map.of());
        try (reference;
                DatagramSocket daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ZipkinEeServer server = RedeployedZipkin.with(Map.of(
                    "STORAGE_TYPE", "mem,http-forwarder,xray",
                    "HTTP_FORWARDER_ENDPOINT", reference.uri() + "/api/v2/spans",
                    "AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + daemon.getLocalPort()));
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
                    "a forwarder that reports its failure", LIMIT, () -> zipkin.get("/health"), answer -> answer.body()
                            .contains("1 spans were lost to it"));
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(zipkin.get("/prometheus").body()).contains("zipkin_storage_http_forwarder_failed 1.0");
        }
    }

    @Test
    void scouter_showsTracesAsItsOwn() throws IOException {
        try (ScouterServer scouter = ScouterServer.start()) {
            ZipkinHttp zipkin = forwarding(Map.of(
                    "STORAGE_TYPE", "scouter",
                    "SCOUTER_COLLECTOR_ADDR", "127.0.0.1",
                    "SCOUTER_COLLECTOR_PORT", Integer.toString(scouter.port()),
                    "SCOUTER_TAG_MAP_LOGIN", "user",
                    "SCOUTER_TAG_MAP_DESC", "missing, region",
                    "SCOUTER_TAG_MAP_TEXT1", "http.path, http.status_code"));
            Span parent = span().toBuilder()
                    .kind(Span.Kind.SERVER)
                    .name("get /größe")
                    .duration(70_000)
                    .putTag("user", "jane")
                    .putTag("region", "south")
                    .putTag("http.path", "/größe")
                    .putTag("http.status_code", "500")
                    .putTag("error", "out of stock")
                    .build();
            Span child = span().toBuilder()
                    .traceId(parent.traceId())
                    .parentId(parent.id())
                    .kind(Span.Kind.CLIENT)
                    .remoteEndpoint(Endpoint.newBuilder()
                            .serviceName("mysql")
                            .ip("10.0.0.3")
                            .port(3306)
                            .build())
                    .putTag("sql.query", "select  1")
                    .addAnnotation(parent.timestampAsLong() + 1000, "sent")
                    .build();

            assertThat(post(zipkin, parent, child).statusCode()).isEqualTo(202);

            String shown = Await.value(
                    "the trace in Scouter",
                    LIMIT,
                    () -> scouter.read(parent.traceId()),
                    text -> text.contains("XLOG") && text.contains("STEP SpanCallStep select 1"));
            assertThat(shown)
                    .contains("XLOG get /größe of ZIPKIN/shop took 70 error out of stock login jane desc "
                            + "south text1 /größe,500 type 5");
            HttpResponse<String> query = zipkin.get("/api/v2/trace/" + parent.traceId());
            assertThat(query.statusCode()).isEqualTo(500);
            assertThat(query.body()).contains("STORAGE_TYPE=scouter forwards spans");

            scouter.kill();
            Await.value("that nobody listens", LIMIT, () -> post(zipkin, span()), answer -> answer.statusCode() == 503);
            HttpResponse<String> down =
                    Await.value("health", LIMIT, () -> zipkin.get("/health"), answer -> answer.statusCode() == 503);
            assertThat(down.body()).contains("The storage does not answer.").doesNotContain("127.0.0.1");
        }
    }

    /** By the topic that the reference reads. */
    @Test
    void kafkaForwarder_sendsOn_andIsUnavailableWithItsBrokers() {
        try (KafkaBroker broker = KafkaBroker.start();
                ReferenceServer reference =
                        ReferenceServer.start(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()))) {
            ZipkinHttp zipkin = forwarding(Map.of(
                    "STORAGE_TYPE", "kafka-forwarder",
                    "KAFKA_FORWARDER_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                    "KAFKA_FORWARDER_MESSAGE_MAX_BYTES", "1000",
                    "ZIPKIN_FORWARDER_KAFKA_OVERRIDES_DELIVERY_TIMEOUT_MS", "6000",
                    "ZIPKIN_FORWARDER_KAFKA_OVERRIDES_REQUEST_TIMEOUT_MS", "3000",
                    "ZIPKIN_FORWARDER_KAFKA_OVERRIDES_MAX_BLOCK_MS", "3000"));
            Span[] spans = Stream.generate(ForwardingIT::span).limit(50).toArray(Span[]::new);

            assertThat(post(zipkin, spans).statusCode()).isEqualTo(202);

            for (Span span : spans) {
                assertThat(new ZipkinHttp(reference.uri()).awaitTrace(span.traceId(), 1))
                        .containsExactly(span);
            }
            assertThat(broker.records("zipkin")).hasSizeGreaterThan(2).allSatisfy(message -> assertThat(message.value())
                    .hasSizeLessThanOrEqualTo(1000));
            Span large =
                    span().toBuilder().putTag("large", "x".repeat(1_500_000)).build();
            HttpResponse<String> tooLarge = post(zipkin, large);
            assertThat(tooLarge.statusCode()).isEqualTo(400);
            assertThat(tooLarge.body()).contains("does not take spans for the topic zipkin");

            broker.kill();
            assertThat(post(zipkin, span()).statusCode()).isEqualTo(503);
            HttpResponse<String> health =
                    Await.value("health", LIMIT, () -> zipkin.get("/health"), answer -> answer.statusCode() == 503);
            assertThat(health.body())
                    .contains("The storage does not answer.")
                    .doesNotContain(broker.bootstrapServers());

            broker.restart();
            Span later = span();
            Await.value("what is sent again", LIMIT, () -> post(zipkin, later).statusCode(), code -> code == 202);
            assertThat(new ZipkinHttp(reference.uri()).awaitTrace(later.traceId(), 1))
                    .containsExactly(later);
        }
    }

    private static ZipkinHttp forwarding(Map<String, String> settings) {
        return new ZipkinHttp(RedeployedZipkin.with(settings).uri());
    }

    private static HttpResponse<String> post(ZipkinHttp zipkin, Span... spans) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(spans)));
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
