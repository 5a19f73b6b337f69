package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.aws.DynamoDb;
import zipkin.ee.testing.aws.Kinesalite;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.SharedBrokers;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin.ee.testing.broker.TransportSet;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans from Kinesis, by Kinesalite and DynamoDB Local. */
@ResourceLock(RedeployedZipkin.LOCK)
class KinesisIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = SharedTransports.set().name();
    private static final String OTLP_STREAM = SharedTransports.set().otlpStream();

    private final Kinesalite kinesis = SharedBrokers.kinesis();
    private final DynamoDb dynamo = SharedBrokers.dynamo();
    private final ZipkinHttp zipkin = SharedTransports.http();

    @ParameterizedTest
    @ValueSource(strings = {"JSON_V2", "PROTO3"})
    void spansOfZipkinsSender_areStored(String encoding) {
        String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));

        kinesis.sendByZipkinsSender(STREAM, traceId, encoding);

        List<Span> spans = zipkin.awaitTrace(traceId, 5);
        assertThat(spans).extracting(Span::localServiceName).containsOnly("größe");
    }

    @Test
    void records_inEveryEncoding_andOfEveryShard_areStored() {
        List<Span> spans = new ArrayList<>();
        Set<String> shards = new HashSet<>();
        kinesis.put(STREAM, "empty", "[]".getBytes(UTF_8));
        for (int i = 0; i < 10; i++) {
            for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
                Span span = SpanStream.span();
                shards.add(kinesis.put(STREAM, span.traceId(), encoder.encodeList(List.of(span))));
                spans.add(span);
            }
        }

        spans.forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
        assertThat(shards).hasSize(2);
        assertThat(zipkin.get("/metrics").body()).contains("counter.zipkin_collector.messages.kinesis");
        assertThat(zipkin.get("/health").body()).contains("KinesisCollector{}");
        assertThat(SharedTransports.server().log()).doesNotContain("top secret");
    }

    @Test
    void otlp_inProtobufAndJson_isStored_malformedOneIsPassedOver() {
        List<Span> protobuf = SpanStream.trace();
        kinesis.put(OTLP_STREAM, "key", OtlpMessages.protobuf(protobuf));
        String shard = kinesis.put(OTLP_STREAM, "key", "{\"resourceSpans\":7}".getBytes(UTF_8));
        List<Span> json = SpanStream.trace();
        kinesis.put(OTLP_STREAM, "key", OtlpMessages.json(json));
        List<Span> besidesABadSpan = SpanStream.trace();
        kinesis.put(OTLP_STREAM, "key", OtlpMessages.withBadSpan(besidesABadSpan));
        List<Span> byItsShape = SpanStream.trace();
        kinesis.put(STREAM, "key", OtlpMessages.json(byItsShape));

        for (List<Span> trace : List.of(protobuf, json, besidesABadSpan, byItsShape)) {
            assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size()))
                    .containsExactlyInAnyOrderElementsOf(trace);
        }
        Pattern letter = Pattern.compile("stays in the stream, shard " + shard
                + ", sequence number \\d{50,60}: [^\\n]* at character 17 reading OTLP from JSON");
        Await.value(
                "the log",
                LIMIT,
                SharedTransports.server()::log,
                log -> letter.matcher(log).find()
                        && log.contains("kinesis: a message is stored in part: 1 of 6 spans refused")
                        && log.contains(
                                "; OTLP in stream " + OTLP_STREAM + ", checkpoints in the table " + OTLP_STREAM));
        assertThat(dynamo.items(OTLP_STREAM)).contains(shard);
    }

    @Test
    void recordThatIsMalformed_isPassedOver_andItsPlaceIsLogged() {
        String shard = kinesis.put(STREAM, "same", "[{\"traceId\":\"no hex\",\"id\":\"1\"}]".getBytes(UTF_8));
        Span good = put(STREAM, "same");

        assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        Await.value("the record's place in the log", LIMIT, SharedTransports.server()::log, log -> Pattern.compile(
                        "stays in the stream, shard " + shard
                                + ", sequence number \\d{50,60}: .* is not 1 to 32 lower-case hex digits")
                .matcher(log)
                .find());
    }

    @Test
    void recordThatIsMalformed_withLineBreaksInIt_forgesNoLogLine() {
        kinesis.put(
                STREAM,
                "same",
                "[{\"traceId\":\"x\\r\\n2026-01-01 00:00:00,000 ERROR forged\\u001b[2J\",\"id\":\"1\"}]"
                        .getBytes(UTF_8));
        Await.value(
                "the record in the log",
                LIMIT,
                SharedTransports.server()::log,
                log -> log.contains("x\\r\\n2026-01-01 00:00:00,000 ERROR forged\\u001b[2J"));
        assertThat(SharedTransports.server().log())
                .doesNotContain("\n2026-01-01 00:00:00,000 ERROR forged")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void splitShard_isReadToItsEnd_thenItsChildren() {
        kinesis.createStream("splitting", 1);
        ZipkinHttp http = new ZipkinHttp(
                RedeployedZipkin.with(TransportSet.kinesis("splitting")).uri());
        List<Span> spans = new ArrayList<>();
        spans.add(put("splitting", "before"));
        http.awaitTrace(spans.get(0).traceId(), 1);
        kinesis.split("splitting", "shardId-000000000000");
        for (int i = 0; i < 20; i++) {
            spans.add(put("splitting", "after" + i));
        }

        spans.forEach(span -> assertThat(http.awaitTrace(span.traceId(), 1)).containsExactly(span));
        assertThat(dynamo.item("splitting", "shardId-000000000000")).contains("SHARD_END");
        assertThat(dynamo.item("splitting", "shardId-000000000001"))
                .contains("\"parentShardId\":{\"SS\":[\"shardId-000000000000\"]}");
    }

    /**
     * As the settings of the reference have it: what was there before the first server is left,
     * what comes while none runs is not.
     */
    @Test
    void latest_meansSinceTheFirstServer() {
        kinesis.createStream("latest", 1);
        Span old = put("latest", "a");
        Map<String, String> settings = new HashMap<>(TransportSet.kinesis("latest"));
        settings.put("KINESIS_INITIAL_POSITION", "LATEST");
        RedeployedZipkin.with(settings);
        Await.value("a lease", LIMIT, () -> dynamo.items("latest"), items -> items.contains("latestSince"));
        RedeployedZipkin.with(Map.of());
        if (ZipkinEeServer.isWildFly()) { // elsewhere the first server is killed
            assertThat(owners("latest")).isEmpty();
        }
        Span between = put("latest", "b");

        ZipkinHttp http = new ZipkinHttp(RedeployedZipkin.with(settings).uri());
        assertThat(http.awaitTrace(between.traceId(), 1)).containsExactly(between);
        assertThat(http.get("/api/v2/trace/" + old.traceId()).statusCode()).isEqualTo(404);
    }

    @Test
    void streamThatIsMissing_isToldInHealth_andReadOnceItIsThere() {
        ZipkinEeServer server = RedeployedZipkin.with(TransportSet.kinesis("missing"));
        ZipkinHttp http = new ZipkinHttp(server.uri());
        Await.value(
                "the reason",
                LIMIT,
                () -> http.get("/health"),
                answer -> answer.statusCode() == 503 && answer.body().contains("\"KinesisCollector{}\" : {"));

        kinesis.createStream("missing", 1);
        Span span = put("missing", "a");

        assertThat(http.awaitTrace(span.traceId(), 1)).containsExactly(span);
        Await.value("health", LIMIT, () -> http.get("/health").statusCode(), status -> status == 200);
        Await.value(
                "the start-up screen",
                LIMIT,
                server::log,
                // "on", unless the first answer of Kinesis came before the screen
                log -> Pattern.compile("kinesis +(on|waits): stream missing, checkpoints in the table missing")
                        .matcher(log)
                        .find());
    }

    private Set<String> owners(String table) {
        Set<String> owners = new HashSet<>();
        Matcher owner = Pattern.compile("\"leaseOwner\":\\{\"S\":\"([^\"]+)").matcher(dynamo.items(table));
        while (owner.find()) {
            owners.add(owner.group(1));
        }
        return owners;
    }

    private Span put(String stream, String key) {
        Span span = SpanStream.span();
        kinesis.put(stream, key, SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
        return span;
    }
}
