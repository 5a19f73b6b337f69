package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.ActiveMqBroker;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.PulsarBroker;
import zipkin.ee.testing.broker.RabbitBroker;
import zipkin.ee.testing.broker.RabbitServer;
import zipkin.ee.testing.broker.RedeployedZipkin;

/**
 * Brokers that start later than the server, and that are killed while spans come: health says so,
 * and nothing that they took is lost.
 */
@ResourceLock(RedeployedZipkin.LOCK)
class BrokerOutageIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void brokers_thatComeLate_thenAreKilledInMidStream_loseNothing() {
        Map<Broker, String> down = down();
        List<Broker> brokers = List.copyOf(down.keySet());
        try {
            Map<String, String> settings = new HashMap<>(Map.of("COLLECTOR_MAX_BACKOFF", "4s"));
            brokers.forEach(broker -> settings.putAll(broker.settings()));
            ZipkinEeServer server = RedeployedZipkin.reloadedWith(settings);
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Await.value(
                    "what is waited for",
                    LIMIT,
                    () -> zipkin.get("/health"),
                    answer ->
                            answer.statusCode() == 503 && down.values().stream().allMatch(answer.body()::contains));

            brokers.forEach(Broker::restart);
            server.awaitHealthy();
            List<SpanStream> streams = brokers.stream().map(SpanStream::new).toList();
            streams.forEach(stream -> stream.awaitMore(40));
            brokers.forEach(Broker::kill);
            Await.value(
                    "brokers that are down",
                    LIMIT,
                    () -> zipkin.get("/health"),
                    answer -> downCollectors(answer) == brokers.size());
            brokers.forEach(Broker::restart);
            streams.forEach(stream -> stream.awaitMore(40));
            streams.forEach(SpanStream::stop);
            streams.forEach(stream -> stream.assertStored(zipkin));
            Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
            for (Broker broker : brokers) {
                assertThat(broker.deadLetters()).as(broker.label()).isEmpty();
            }
        } finally {
            RedeployedZipkin.reloadedWith(Map.of());
            brokers.forEach(Broker::close);
        }
    }

    /** Brokers that do not run, and what health says of each. */
    private static Map<Broker, String> down() {
        Map<Broker, String> down = new HashMap<>();
        KafkaBroker kafka = KafkaBroker.stopped();
        down.put(kafka, "No broker of … answers. Tries again by itself.");
        down.put(new RabbitBroker(RabbitServer.start()), "Connection refused");
        if (ZipkinEeServer.isWildFly()) {
            PulsarBroker pulsar = PulsarBroker.stopped();
            down.put(pulsar, "topic zipkin of …, subscription zipkin");
            down.put(new ActiveMqBroker(), "The broker cannot be reached");
        }
        down.keySet().forEach(Broker::kill);
        return down;
    }

    private static int downCollectors(HttpResponse<String> health) {
        return health.body().split("Collector\\{[^}]*\\}\"\\s*:\\s*\\{\\s*\"status\"\\s*:\\s*\"DOWN\"", -1).length - 1;
    }
}
