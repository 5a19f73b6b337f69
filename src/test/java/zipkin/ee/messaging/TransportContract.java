package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.Broker.DeadLetter;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** What every message transport keeps, with a real broker and a real WildFly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private @Nullable Broker sharedBroker;
    private @Nullable ZipkinEeServer sharedServer;

    /** A broker of the test's own: it is closed by the test. */
    abstract Broker startBroker();

    /** For tests that kill nothing and count only what they add. */
    final Broker sharedBroker() {
        if (sharedBroker == null) {
            sharedBroker = startBroker();
        }
        return sharedBroker;
    }

    /** A server with storage in memory that takes messages of {@link #sharedBroker()}. */
    final ZipkinEeServer sharedServer() {
        if (sharedServer == null) {
            sharedServer = start(sharedBroker(), Map.of());
        }
        return sharedServer;
    }

    @AfterAll
    void closeShared() {
        if (sharedServer != null) {
            sharedServer.close();
        }
        if (sharedBroker != null) {
            sharedBroker.close();
        }
    }

    @Test
    void messages_inEveryEncoding_areStoredAndCounted() {
        Broker broker = sharedBroker();
        ZipkinEeServer server = sharedServer();
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        long messagesBefore = metricBefore(zipkin, "messages", broker);
        long spansBefore = metricBefore(zipkin, "spans", broker);
        long droppedBefore = metricBefore(zipkin, "messages_dropped", broker);
        broker.send("[]".getBytes(UTF_8));
        Map<Span, byte[]> messages = new LinkedHashMap<>();
        for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
            Span span = span();
            messages.put(span, encoder.encodeList(List.of(span)));
        }
        Span alone = span();
        messages.put(alone, SpanBytesEncoder.THRIFT.encode(alone));
        messages.values().forEach(broker::send);

        messages.keySet().forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1))
                .containsExactly(span));
        assertThat(metric(zipkin, "messages", broker)).isEqualTo(messagesBefore + messages.size() + 1);
        assertThat(metric(zipkin, "spans", broker)).isEqualTo(spansBefore + messages.size());
        assertThat(metric(zipkin, "messages_dropped", broker)).isEqualTo(droppedBefore);
        assertThat(metric(zipkin, "spans_dropped", broker)).isZero();
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void malformedMessage_isADeadLetterWithItsReason_andStopsNothing() {
        Broker broker = sharedBroker();
        ZipkinEeServer server = sharedServer();
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        long messagesBefore = metricBefore(zipkin, "messages", broker);
        long droppedBefore = metricBefore(zipkin, "messages_dropped", broker);
        Map<String, String> poison = new LinkedHashMap<>();
        poison.put("[{\"traceId\":\"no hex\",\"id\":\"1\"}]", "no hex");
        poison.put("{\"traceId\":\"1\",\"id\":\"1\"}", "Expected json, proto3 or thrift list encoding");
        poison.put("hello", "Could not detect the span format");
        poison.put("\f\0\0\0\1\1", "TBinary");
        for (String message : poison.keySet()) {
            broker.send(message.getBytes(UTF_8));
            Span good = span();
            broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(good)));
            assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        }

        List<DeadLetter> letters =
                Await.value("dead letters", LIMIT, broker::deadLetters, found -> found.size() >= poison.size());
        assertThat(letters).extracting(DeadLetter::message).containsExactlyInAnyOrderElementsOf(poison.keySet());
        for (DeadLetter letter : letters) {
            assertThat(letter.reason()).contains(poison.get(letter.message()));
        }
        assertThat(metric(zipkin, "messages_dropped", broker)).isEqualTo(droppedBefore + poison.size());
        assertThat(metric(zipkin, "messages", broker)).isEqualTo(messagesBefore + 2L * poison.size());
        assertThat(server.log()).doesNotContain("\tat zipkin.ee");
    }

    /** PostgreSQL is killed for 20 s in mid-stream. */
    @Test
    void storageOutage_inMidStream_losesNothingAndSaysWhoWaits() {
        try (Broker broker = startBroker();
                DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            ServerDatabase zipkinDatabase = database.createDatabase();
            try (ZipkinEeServer server = start(broker, sql("postgresql", "POSTGRES_PORT", "POSTGRES", zipkinDatabase));
                    SpanStream stream = new SpanStream(broker)) {
                ZipkinHttp zipkin = new ZipkinHttp(server.uri());
                stream.awaitMore(40);
                database.kill();
                long downNanos = System.nanoTime();
                stream.awaitMore(40);
                HttpResponse<String> health = Await.value(
                        "a transport that waits",
                        LIMIT,
                        () -> zipkin.get("/health"),
                        answer -> answer.statusCode() == 503 && downComponents(answer.body()) == 2);
                assertThat(health.body()).contains("Cannot store the spans now");
                LockSupport.parkNanos(OUTAGE.toNanos() - (System.nanoTime() - downNanos));

                database.restart();
                stream.awaitMore(40);
                stream.stop();
                stream.assertStored(zipkin);
                Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
                assertThat(metric(zipkin, "messages_dropped", broker)).isZero();
                assertThat(metric(zipkin, "spans_dropped", broker)).isZero();
                assertThat(broker.deadLetters()).isEmpty();
            }
        }
    }

    @Test
    void brokerKilledAndRestarted_inMidStream_losesNothing() {
        try (Broker broker = startBroker();
                ZipkinEeServer server = start(broker, Map.of());
                SpanStream stream = new SpanStream(broker)) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            stream.awaitMore(40);
            broker.kill();
            Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 503);
            broker.restart();
            stream.awaitMore(40);
            stream.stop();
            stream.assertStored(zipkin);
            Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
        }
    }

    @Test
    void serverKilledTwice_inMidStream_losesNothingOnH2() {
        killTwice(Map.of(
                "STORAGE_TYPE", "h2", "ZIPKIN_DB_FILE", folder.resolve("spans").toString()));
    }

    final void killTwice(Map<String, String> storage) {
        try (Broker broker = startBroker()) {
            ZipkinEeServer server = start(broker, storage);
            try (SpanStream stream = new SpanStream(broker)) {
                stream.awaitMore(80);
                for (int i = 0; i < 2; i++) {
                    server = server.killAndRestart().awaitHealthy();
                    broker.serverStarted(server);
                    stream.awaitMore(80);
                }
                stream.stop();
                stream.assertStored(new ZipkinHttp(server.uri()));
                assertThat(broker.deadLetters()).isEmpty();
            } finally {
                server.close();
            }
        }
    }

    /** A healthy server that takes messages of the broker. */
    static ZipkinEeServer start(Broker broker, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(broker.settings());
        all.putAll(settings);
        all.putIfAbsent("COLLECTOR_MAX_BACKOFF", "4s");
        ZipkinEeServer server = ZipkinEeServer.start(all, broker.operations());
        broker.serverStarted(server);
        return server;
    }

    static Map<String, String> sql(String type, String portName, String prefix, ServerDatabase database) {
        return Map.of(
                "STORAGE_TYPE",
                type,
                portName,
                Integer.toString(database.port()),
                prefix + "_HOST",
                database.host(),
                prefix + "_DB",
                database.name(),
                prefix + "_USER",
                database.owner().user(),
                prefix + "_PASS",
                database.owner().password());
    }

    /** A counter of the transport on /metrics. */
    static long metric(ZipkinHttp zipkin, String name, Broker broker) {
        long value = metricSoFar(zipkin, name, broker);
        assertThat(value).as(name + " of " + broker.label()).isNotNegative();
        return value;
    }

    /** The same, negative while the transport has not told any. */
    private static long metricSoFar(ZipkinHttp zipkin, String name, Broker broker) {
        String key = "\"counter.zipkin_collector." + name + "." + broker.label() + "\"";
        String body = zipkin.get("/metrics").body();
        int at = body.indexOf(key);
        if (at < 0) {
            return -1;
        }
        String value = body.substring(at + key.length()).replaceFirst("(?s)^\\s*:\\s*([0-9.]+).*", "$1");
        return (long) Double.parseDouble(value);
    }

    private static long metricBefore(ZipkinHttp zipkin, String name, Broker broker) {
        return Math.max(0, metricSoFar(zipkin, name, broker));
    }

    static Span span() {
        return SpanStream.trace(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE))
                .get(0);
    }

    /** Without the two states of the whole. */
    private static int downComponents(String health) {
        return health.split("\"DOWN\"", -1).length - 1 - 2;
    }
}
