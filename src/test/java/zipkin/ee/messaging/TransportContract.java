package zipkin.ee.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.MariaDbServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

/**
 * What a transport keeps on a server that has no other one, on each storage. A broker and a server
 * for each test.
 */
abstract class TransportContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** A broker of the test's own: it is closed by the test. */
    abstract Broker startBroker();

    @Test
    void messages_inEveryEncodingOrMalformed_areStoredOrDeadLetters() {
        try (Broker broker = startBroker();
                ZipkinEeServer server = start(broker, Map.of())) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            TransportChecks.everyEncodingIsStoredAndCounted(broker, zipkin);
            TransportChecks.malformedMessagesAreDeadLetters(broker, zipkin);
            TransportChecks.otlpIsStoredAndCounted(broker, zipkin);
            TransportChecks.malformedOtlpIsADeadLetter(broker, zipkin);
            assertThat(zipkin.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void storageOutage_inMidStream_losesNothing() {
        try (Broker broker = startBroker();
                DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18);
                ZipkinEeServer server = start(broker, DatabaseSettings.postgresql(database.createDatabase()));
                SpanStream stream = new SpanStream(broker)) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            stream.awaitMore(40);
            database.kill();
            stream.awaitMore(40);
            Await.value(
                    "a transport that waits",
                    LIMIT,
                    () -> zipkin.get("/health").body(),
                    body -> body.contains("Cannot store the spans now"));
            database.restart();
            stream.awaitMore(40);
            stream.stop();
            stream.assertStored(zipkin);
            Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
            assertThat(broker.deadLetters()).isEmpty();
        }
    }

    @Test
    void serverKilledTwice_inMidStream_losesNothingOnH2() {
        killTwice(Map.of(
                "STORAGE_TYPE", "h2", "ZIPKIN_DB_FILE", folder.resolve("spans").toString()));
    }

    @Test
    void serverKilledTwice_inMidStream_losesNothingOnMariaDb() {
        try (DatabaseServer database = MariaDbServer.startDurable()) {
            killTwice(DatabaseSettings.mysql(database.createDatabase()));
        }
    }

    private void killTwice(Map<String, String> storage) {
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
}
