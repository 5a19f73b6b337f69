package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pulsar.client.api.Message;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.PulsarBroker;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans from Pulsar, by its adapter, which is not in the configured server. */
class PulsarIT extends TransportContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    Broker startBroker() {
        return PulsarBroker.start();
    }

    /** The broker comes after the server; messages of Zipkin's own sender; what is stored is acknowledged; a dead letter tells where it came from. */
    @Test
    void spansOfZipkinsSender_areStored_fromABrokerThatComesLate() {
        try (PulsarBroker broker = PulsarBroker.stopped();
                ZipkinEeServer server = ZipkinEeServer.launch(broker.settings(), broker.operations())) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            server.awaitDeployed();
            Await.value(
                    "what it waits for",
                    LIMIT,
                    () -> zipkin.get("/health"),
                    answer -> answer.statusCode() == 503
                            && answer.body().contains("topic zipkin of " + broker.serviceUrl()));
            broker.restart();
            for (String encoding : new String[] {"JSON_V2", "PROTO3"}) {
                String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));
                broker.sendByZipkinsSender(traceId, encoding);
                assertThat(zipkin.awaitTrace(traceId, 5))
                        .extracting(Span::localServiceName)
                        .containsOnly("größe");
            }
            broker.send("hello".getBytes(UTF_8));
            Span span = span();
            broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
            Await.value("nothing unacknowledged", LIMIT, () -> broker.backlog("zipkin", "zipkin"), left -> left == 0);

            Message<byte[]> letter = Await.value(
                            "a dead letter", LIMIT, () -> broker.messages("zipkin-zipkin-DLQ"), all -> !all.isEmpty())
                    .get(0);
            assertThat(new String(letter.getData(), UTF_8)).isEqualTo("hello");
            assertThat(letter.getProperty("REAL_TOPIC")).isEqualTo("persistent://public/default/zipkin");
            assertThat(letter.getProperty("ORIGIN_MESSAGE_ID")).isNotEmpty();
            server.awaitHealthy();
        }
    }

    /** Without its script the connector is missing, which the server says. */
    @Test
    void connectorThatIsNotInstalled_isTold() {
        try (ZipkinEeServer server = ZipkinEeServer.launch(Map.of("PULSAR_SERVICE_URL", "pulsar://127.0.0.1:1"))) {
            server.awaitDeployed();
            String missing = "the connector for Pulsar is not installed (docs/operating/pulsar.md)";
            Await.value("health", LIMIT, () -> health(server), body -> body.contains(missing));
            Await.value("the start-up screen", LIMIT, server::log, log -> log.contains(missing));
            assertThat(server.errors()).isEmpty();
        }
    }

    private static String health(ZipkinEeServer server) {
        try {
            return new ZipkinHttp(server.uri()).get("/health").body();
        } catch (UncheckedIOException e) {
            return "not up: " + e;
        }
    }
}
