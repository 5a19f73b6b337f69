package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.GrpcClient;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.HttpJournal;
import zipkin.ee.testing.broker.SharedBrokers;
import zipkin.ee.testing.broker.TransportSet;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.DatabaseSettings;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.libthrift.LibthriftSender;

/**
 * Nothing that a transport has taken is lost, whatever happens to the storage and the servers: all
 * transports at once, each with its way of acknowledging, the journal of the HTTP intake among
 * them.
 */
class StorageOutageIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    /**
     * Messages that each transport tries in vain, with growing pauses, before the storage comes
     * back.
     */
    private static final int RETRIES = 5;

    private final TransportSet set = new TransportSet("outage", PARTITIONS);
    private final HttpJournal journal = new HttpJournal();

    @Test
    void storageOutage_thenServersKilled_inMidStream_losesNothing() {
        try (set;
                DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            Map<String, String> settings = new HashMap<>(set.settings());
            if (ZipkinEeServer.isWildFly()) {
                settings.putAll(journal.settings());
            }
            settings.putAll(DatabaseSettings.postgresql(database.createDatabase()));
            // the least that brokers allow; what a killed server has had is given to others after
            // it
            settings.put("ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_SESSION_TIMEOUT_MS", "6000");
            ZipkinEeServer server = started(ZipkinEeServer.start(settings, set.operations()));
            try (GrpcClient grpc = new GrpcClient(server.uri())) {
                outage(server, grpc, database);
                server = killedWhileTheStorageIsDown(server, grpc, database);
                secondServer(server, settings);
            } finally {
                server.close();
            }
        }
    }

    private ZipkinEeServer started(ZipkinEeServer server) {
        set.serverStarted(server);
        journal.serverStarted(server);
        return server;
    }

    /**
     * The storage is killed; every transport tries again or refuses, says that it waits, and goes
     * on when the storage is back.
     */
    private void outage(ZipkinEeServer server, GrpcClient grpc, DatabaseServer database) {
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        List<SpanStream> queued = queued();
        List<SpanStream> answered = answered(grpc);
        queued.forEach(stream -> stream.awaitMore(20));
        answered.forEach(stream -> stream.awaitMore(20));
        database.kill();
        queued.forEach(stream -> stream.awaitMore(20));
        queued.forEach(SpanStream::stop);

        assertRefused(grpc);
        Await.value(
                "transports that wait",
                LIMIT,
                () -> zipkin.get("/health").body(),
                health -> waiting(health) == queued.size());
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(503);
        awaitRetries(queued, zipkin);

        database.restart();
        List<SpanStream> all = joined(queued, answered);
        answered.forEach(stream -> stream.awaitMore(5));
        answered.forEach(SpanStream::stop);
        all.forEach(stream -> stream.assertStored(zipkin));
        Await.value("health", LIMIT, () -> zipkin.get("/health").statusCode(), status -> status == 200);
        for (SpanStream stream : queued) {
            assertThat(zipkin.counter("messages_dropped", stream.name()))
                    .as(stream.name())
                    .isZero();
            assertThat(zipkin.counter("spans_dropped", stream.name()))
                    .as(stream.name())
                    .isZero();
        }
        assertNoDeadLetters();
    }

    /**
     * All that wait by now are tried again: what was sent before has been tried. The journal counts
     * a message once.
     */
    private void awaitRetries(List<SpanStream> waiting, ZipkinHttp zipkin) {
        Map<String, Long> tried = new HashMap<>();
        for (SpanStream stream : waiting) {
            if (!stream.name().equals(journal.label())) {
                tried.put(stream.name(), zipkin.counter("messages", stream.name()));
            }
        }
        tried.forEach((name, before) -> Await.value(
                "messages that " + name + " tries again",
                LIMIT,
                () -> zipkin.counter("messages", name),
                messages -> messages >= before + RETRIES));
    }

    private void assertRefused(GrpcClient grpc) {
        byte[] message = SpanBytesEncoder.JSON_V2.encodeList(SpanStream.trace());
        assertThatThrownBy(() -> sendByScribe(message)).hasStackTraceContaining("try later");
        if (ZipkinEeServer.isWildFly()) {
            assertThat(grpc.refusedReport(GrpcClient.proto3(SpanStream.trace())).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    /**
     * Its own broker ends in order by a reload and at once with the server; messages wait in it and
     * in all others.
     */
    private ZipkinEeServer killedWhileTheStorageIsDown(
            ZipkinEeServer server, GrpcClient grpc, DatabaseServer database) {
        List<SpanStream> queued = queued();
        List<SpanStream> answered = answered(grpc);
        List<SpanStream> all = joined(queued, answered);
        all.forEach(stream -> stream.awaitMore(10));
        if (ZipkinEeServer.isWildFly()) {
            server.asWildFly().reload(Map.of());
            all.forEach(stream -> stream.awaitMore(10));
        }
        database.kill();
        queued.forEach(stream -> stream.awaitMore(10));
        server.close();
        database.restart();
        ZipkinEeServer restarted = started(server.killAndRestart().awaitHealthy());
        all.forEach(stream -> stream.awaitMore(10));
        all.forEach(SpanStream::stop);
        all.forEach(stream -> stream.assertStored(new ZipkinHttp(restarted.uri())));
        assertNoDeadLetters();
        return restarted;
    }

    /** Another server takes a part of the messages, until it is killed. */
    private void secondServer(ZipkinEeServer server, Map<String, String> settings) {
        Set<String> own = Set.of("jms", journal.label());
        Map<String, String> others = new HashMap<>(settings);
        others.putAll(Map.of("COLLECTOR_SCRIBE_ENABLED", "false", "ARTEMIS_TEST_PORT", "0"));
        List<SpanStream> streams = queued();
        try (ZipkinEeServer second = ZipkinEeServer.start(others, set.operations())) {
            ZipkinHttp zipkin = new ZipkinHttp(second.uri());
            awaitMembers(2);
            streams.stream()
                    .map(SpanStream::name)
                    .filter(label -> !own.contains(label))
                    .forEach(label -> Await.value(
                            "messages of " + label + " in the second server",
                            LIMIT,
                            () -> zipkin.counter("messages", label),
                            messages -> messages > 0));
        }
        awaitMembers(1);
        streams.forEach(stream -> stream.awaitMore(10));
        streams.forEach(SpanStream::stop);
        streams.forEach(stream -> stream.assertStored(new ZipkinHttp(server.uri())));
        assertNoDeadLetters();
    }

    private void awaitMembers(int count) {
        Await.value("members", LIMIT, () -> SharedBrokers.kafka().members(set.name()), members -> members == count);
    }

    /** Transports whose messages wait while the storage does not take them. */
    private List<SpanStream> queued() {
        List<SpanStream> streams = new ArrayList<>();
        set.brokers().forEach(broker -> streams.add(new SpanStream(broker)));
        if (ZipkinEeServer.isWildFly()) {
            streams.add(new SpanStream(journal.label(), journal::send));
        }
        streams.add(new SpanStream(
                "sqs",
                message -> SharedBrokers.sqs().send(set.sqsQueue(), new String(message, UTF_8)),
                message -> SharedBrokers.sqs()
                        .send(set.sqsOtlpQueue(), Base64.getEncoder().encodeToString(message))));
        streams.add(new SpanStream(
                "kinesis",
                message -> putIntoKinesis(set.name(), message),
                message -> putIntoKinesis(set.otlpStream(), message)));
        return streams;
    }

    private static void putIntoKinesis(String stream, byte[] message) {
        SharedBrokers.kinesis().put(stream, SpanStream.span().traceId(), message);
    }

    /** Transports whose clients are asked to send again. */
    private List<SpanStream> answered(GrpcClient grpc) {
        List<SpanStream> streams = new ArrayList<>(List.of(new SpanStream("scribe", this::sendByScribe)));
        if (ZipkinEeServer.isWildFly()) {
            streams.add(new SpanStream(
                    "grpc", message -> grpc.report(GrpcClient.proto3(SpanBytesDecoder.JSON_V2.decodeList(message)))));
        }
        return streams;
    }

    private void sendByScribe(byte[] message) {
        try (BytesMessageSender scribe = LibthriftSender.newBuilder()
                .host("127.0.0.1")
                .port(set.scribePort())
                .build()) {
            scribe.send(SpanBytesDecoder.JSON_V2.decodeList(message).stream()
                    .map(SpanBytesEncoder.THRIFT::encode)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SpanStream> joined(List<SpanStream> some, List<SpanStream> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void assertNoDeadLetters() {
        for (Broker broker : set.brokers()) {
            assertThat(broker.deadLetters()).as(broker.label()).isEmpty();
            assertThat(broker.otlp().deadLetters())
                    .as("OTLP of " + broker.label())
                    .isEmpty();
        }
        assertThat(SharedBrokers.sqs().messages(set.sqsDeadLetters())).isZero();
    }

    private static int waiting(String health) {
        return health.split("Cannot store the spans now", -1).length - 1;
    }
}
