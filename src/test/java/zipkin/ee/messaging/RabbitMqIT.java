package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RabbitServer;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.TlsFiles;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.amqp.RabbitMQSender;

/** RabbitMQ with users, virtual hosts and TLS. */
@ResourceLock(RedeployedZipkin.LOCK)
class RabbitMqIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "pa55Word";

    @Test
    void realSender_toAVirtualHostWithItsOwnUser_isStored_andThePasswordIsNowhere() throws Exception {
        RabbitServer rabbit = RabbitServer.shared();
        rabbit.addUser("tracing", PASSWORD, "traces");
        String uri = rabbit.uri("tracing", PASSWORD, "traces");
        ZipkinEeServer server = RedeployedZipkin.with(Map.of("RABBIT_URI", uri, "RABBIT_QUEUE", "spans"));
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        server.awaitHealthy();
        try (RabbitMQSender sender = sender(rabbit)) {
            assertDurable(uri, "spans");
            Span span = SpanStream.span();
            sender.send(List.of(SpanBytesEncoder.JSON_V2.encode(span)));
            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        }

        send(uri, "spans", "poison");
        GetResponse letter = Await.value("dead letter", () -> get(uri, "spans.dlq"), letters -> !letters.isEmpty())
                .get(0);
        assertThat(letter.getBody()).isEqualTo("poison".getBytes(UTF_8));
        assertThat(letter.getProps().getHeaders().get("zipkin-reason"))
                .asString()
                .contains("Could not detect the span format");

        if (ZipkinEeServer.isWildFly()) {
            assertThat(server.asWildFly()
                            .cli("/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=RabbitMq:"
                                    + "read-resource(include-runtime=true)"))
                    .contains("spans")
                    .doesNotContain(PASSWORD);
        }
        assertThat(zipkin.get("/health").body()).doesNotContain(PASSWORD);
        assertThat(everyLog(server)).contains("rabbitmq: Takes messages").doesNotContain(PASSWORD);
    }

    private static RabbitMQSender sender(RabbitServer rabbit) {
        return RabbitMQSender.newBuilder()
                .addresses(rabbit.address())
                .username("tracing")
                .password(PASSWORD)
                .virtualHost("traces")
                .queue("spans")
                .build();
    }

    /** A queue is refused to who declares it in another way than it is. */
    private static void assertDurable(String uri, String queue) throws Exception {
        try (Connection connection = RabbitServer.connect(uri);
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, null);
        }
    }

    private static void send(String uri, String queue, String message) throws Exception {
        try (Connection connection = RabbitServer.connect(uri);
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", queue, null, message.getBytes(UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    private static List<GetResponse> get(String uri, String queue) {
        try (Connection connection = RabbitServer.connect(uri);
                Channel channel = connection.createChannel()) {
            GetResponse message = channel.basicGet(queue, true);
            return message == null ? List.of() : List.of(message);
        } catch (IOException | TimeoutException e) {
            return List.of(); // the queue is not declared yet
        }
    }

    private static String everyLog(ZipkinEeServer server) throws IOException {
        return ZipkinEeServer.isWildFly()
                ? server.log()
                        + Files.readString(
                                server.asWildFly().base().resolve("log").resolve("server.log"))
                : server.log();
    }

    @Test
    void brokerThatIsDownAtTheStart_orRefusesThePassword_isToldByHealth_untilItServes() throws Exception {
        try (RabbitServer rabbit = RabbitServer.start()) {
            rabbit.addUser("tracing", PASSWORD, "traces");
            rabbit.kill();
            Map<String, String> settings = Map.of(
                    "RABBIT_ADDRESSES", rabbit.address(),
                    "RABBIT_USER", "tracing",
                    "RABBIT_PASSWORD", "wr0ngSecret",
                    "RABBIT_VIRTUAL_HOST", "traces",
                    "COLLECTOR_MAX_BACKOFF", "2s");
            ZipkinEeServer server = RedeployedZipkin.with(settings);
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            awaitHealth(zipkin, "Connection refused");
            rabbit.restart();
            assertThat(awaitHealth(zipkin, "ACCESS_REFUSED"))
                    .contains("RABBIT_USER and RABBIT_PASSWORD")
                    .doesNotContain("wr0ngSecret");
            assertThat(everyLog(server)).doesNotContain("wr0ngSecret");

            rabbit.control("change_password", "tracing", "wr0ngSecret");
            server.awaitHealthy();
            Span span = SpanStream.span();
            send(
                    rabbit.uri("tracing", "wr0ngSecret", "traces"),
                    "zipkin",
                    new String(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)), UTF_8));
            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        }
    }

    private static String awaitHealth(ZipkinHttp zipkin, String error) {
        return Await.value(
                "health with " + error, LIMIT, () -> zipkin.get("/health").body(), body -> body.contains(error));
    }

    @Test
    void tls_withATrustedCertificateOfThatHost_isUsed_andRefusedOtherwise() throws Exception {
        Path target = Files.createDirectories(Path.of("target", "brokers").toAbsolutePath());
        TlsFiles tls = TlsFiles.make(Files.createTempDirectory(target, "tls-"));
        try (RabbitServer rabbit = RabbitServer.start(tls.rabbitConfiguration())) {
            try (ZipkinEeServer server = ZipkinEeServer.startTrusting(
                    tls.trustStore(), Map.of("RABBIT_URI", "amqps://guest:guest@localhost:" + rabbit.tlsPort()))) {
                Span span = SpanStream.span();
                send(rabbit.uri(), "zipkin", new String(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)), UTF_8));
                assertThat(new ZipkinHttp(server.uri()).awaitTrace(span.traceId(), 1))
                        .containsExactly(span);
            }
            ZipkinEeServer server = RedeployedZipkin.with(
                    Map.of("RABBIT_USE_SSL", "true", "RABBIT_ADDRESSES", "localhost:" + rabbit.tlsPort()));
            awaitHealth(new ZipkinHttp(server.uri()), "unable to find valid certification path");
        }
    }
}
