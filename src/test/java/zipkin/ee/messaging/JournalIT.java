package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.HttpJournal;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** COLLECTOR_HTTP_JOURNAL=jms: what was answered 202 is stored in the end, whatever happens to storage and server. */
class JournalIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void storageOutage_isNotSeenByClients_andLosesNothing() {
        try (Broker journal = new HttpJournal();
                DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18);
                ZipkinEeServer server = TransportContract.start(
                        journal,
                        TransportContract.sql("postgresql", "POSTGRES_PORT", "POSTGRES", database.createDatabase()));
                SpanStream stream = new SpanStream(journal)) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            stream.awaitMore(40);
            database.kill();
            long downNanos = System.nanoTime();
            stream.awaitMore(150);
            HttpResponse<String> health = Await.value(
                    "a journal that waits",
                    LIMIT,
                    () -> zipkin.get("/health"),
                    answer -> answer.statusCode() == 503 && answer.body().contains("Cannot store the spans now"));
            assertThat(health.body()).contains("HttpJournal{");
            LockSupport.parkNanos(OUTAGE.toNanos() - (System.nanoTime() - downNanos));

            database.restart();
            stream.stop();
            stream.assertStored(zipkin);
            Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
            assertThat(TransportContract.metric(zipkin, "spans_dropped", journal))
                    .isZero();
        }
    }

    @Test
    void serverKilledWhileTheStorageIsDown_losesNothing() {
        try (Broker journal = new HttpJournal();
                DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            ZipkinEeServer server = TransportContract.start(
                    journal,
                    TransportContract.sql("postgresql", "POSTGRES_PORT", "POSTGRES", database.createDatabase()));
            try (SpanStream stream = new SpanStream(journal)) {
                stream.awaitMore(30);
                database.kill();
                stream.awaitMore(40);
                stream.stop();
                server.close();
                database.restart();
                server = server.killAndRestart().awaitHealthy();
                stream.assertStored(new ZipkinHttp(server.uri()));
            } finally {
                server.close();
            }
        }
    }

    @Test
    void serverKilledTwice_inMidStream_losesNothing() {
        try (Broker journal = new HttpJournal()) {
            ZipkinEeServer server = TransportContract.start(
                    journal,
                    Map.of(
                            "STORAGE_TYPE",
                            "h2",
                            "ZIPKIN_DB_FILE",
                            folder.resolve("spans").toString()));
            try (SpanStream stream = new SpanStream(journal)) {
                stream.awaitMore(80);
                for (int i = 0; i < 2; i++) {
                    server = server.killAndRestart().awaitHealthy();
                    stream.awaitMore(80);
                }
                stream.stop();
                stream.assertStored(new ZipkinHttp(server.uri()));
            } finally {
                server.close();
            }
        }
    }

    @Test
    void messages_areDecodedSampledAndCountedOnce() {
        try (Broker journal = new HttpJournal();
                ZipkinEeServer server = TransportContract.start(journal, Map.of("COLLECTOR_SAMPLE_RATE", "0.5"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            // Sampling keeps the traces whose ids are small.
            Span kept = SpanStream.trace(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2))
                    .get(0);
            Span dropped = SpanStream.trace(
                            ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE))
                    .get(0);

            assertThat(post(zipkin, SpanBytesEncoder.JSON_V2.encodeList(List.of(kept, dropped))))
                    .isEqualTo(202);
            assertThat(post(zipkin, SpanBytesEncoder.JSON_V2.encodeList(List.of(dropped))))
                    .isEqualTo(202);
            assertThat(post(zipkin, "[{\"traceId\":\"no hex\",\"id\":\"1\"}]".getBytes(UTF_8)))
                    .isEqualTo(400);

            assertThat(zipkin.awaitTrace(kept.traceId(), 1)).containsExactly(kept);
            assertThat(zipkin.trace(dropped.traceId())).isEmpty();
            assertThat(TransportContract.metric(zipkin, "messages", journal)).isEqualTo(3);
            assertThat(TransportContract.metric(zipkin, "messages_dropped", journal))
                    .isEqualTo(1);
            assertThat(TransportContract.metric(zipkin, "spans", journal)).isEqualTo(3);
            assertThat(TransportContract.metric(zipkin, "spans_dropped", journal))
                    .isEqualTo(2);
            assertThat(zipkin.get("/metrics").body()).doesNotContain("journal");
        }
    }

    @Test
    void fullJournal_isAnswered503_untilThereIsRoom() {
        try (Broker journal = new HttpJournal();
                ZipkinEeServer server = TransportContract.start(journal, Map.of())) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            String bean = "/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=Journal:";
            String setting =
                    "/subsystem=messaging-activemq/server=default/address-setting=jms.queue.zipkin-journal:write-attribute";
            server.asWildFly().cli("--command=" + bean + "stop-delivery");
            server.asWildFly().cli("--command=" + setting + "(name=max-size-bytes,value=100000)");
            server.asWildFly().cli("--command=" + setting + "(name=address-full-policy,value=FAIL)");

            List<Span> taken = new ArrayList<>();
            Span next = TransportContract.span();
            HttpResponse<String> answer = answer(zipkin, next);
            while (answer.statusCode() == 202 && taken.size() < 1000) {
                taken.add(next);
                next = TransportContract.span();
                answer = answer(zipkin, next);
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(zipkin.get("/health").body()).contains("The journal does not take spans");

            server.asWildFly().cli("--command=" + bean + "start-delivery");
            assertThat(taken).isNotEmpty();
            taken.forEach(
                    span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
            Span later = TransportContract.span();
            Await.value("room", LIMIT, () -> answer(zipkin, later).statusCode(), status -> status == 202);
            assertThat(zipkin.awaitTrace(later.traceId(), 1)).containsExactly(later);
        }
    }

    @Test
    void serverWithoutMessaging_stopsTheDeployment_andSaysWhichScriptToRun() {
        try (ZipkinEeServer server = WildFlyServer.launchUntouched(Map.of("COLLECTOR_HTTP_JOURNAL", "jms"))) {
            assertThat(server.awaitDeploymentFailed())
                    .contains("COLLECTOR_HTTP_JOURNAL=jms: The application server has no java:/JmsXA."
                            + " Make the server ready for messages (docs/operating/messaging.md).");
        }
    }

    private static HttpResponse<String> answer(ZipkinHttp zipkin, Span span) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
    }

    private static int post(ZipkinHttp zipkin, byte[] body) {
        return zipkin.post("/api/v2/spans", "application/json", body).statusCode();
    }
}
