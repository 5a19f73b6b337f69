package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.aws.DynamoDb;
import zipkin.ee.testing.aws.Kinesalite;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans from Kinesis, by Kinesalite and DynamoDB Local. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KinesisIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TABLE = "zipkin-leases";

    private final Kinesalite kinesis = Kinesalite.start();
    private final DynamoDb dynamo = DynamoDb.start();
    private ZipkinEeServer server;
    private ZipkinHttp zipkin;
    private Span old;

    @BeforeAll
    void start() {
        kinesis.createStream("zipkin", 2);
        kinesis.createStream("latest", 1);
        old = put("latest", "a");
        server = ZipkinEeServer.start(settings("zipkin", TABLE, Map.of()));
        zipkin = new ZipkinHttp(server.uri());
    }

    @AfterAll
    void stop() {
        server.close();
        kinesis.close();
        dynamo.close();
    }

    private Map<String, String> settings(String stream, String table, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "KINESIS_STREAM_NAME", stream,
                "KINESIS_APP_NAME", table,
                "KINESIS_INITIAL_POSITION", "TRIM_HORIZON",
                "KINESIS_AWS_ACCESS_KEY_ID", "x",
                "KINESIS_AWS_SECRET_ACCESS_KEY", "top secret",
                "KINESIS_AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL_KINESIS", kinesis.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString(),
                "COLLECTOR_MAX_BACKOFF", "4s"));
        settings.putAll(more);
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON_V2", "PROTO3"})
    void spansOfZipkinsSender_areStored(String encoding) {
        String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));

        kinesis.sendByZipkinsSender("zipkin", traceId, encoding);

        List<Span> spans = zipkin.awaitTrace(traceId, 5);
        assertThat(spans).extracting(Span::localServiceName).containsOnly("größe");
    }

    @Test
    void records_inEveryEncoding_andOfEveryShard_areStored() {
        List<Span> spans = new ArrayList<>();
        Set<String> shards = new HashSet<>();
        kinesis.put("zipkin", "empty", "[]".getBytes(UTF_8));
        for (int i = 0; i < 10; i++) {
            for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
                Span span = TransportContract.span();
                shards.add(kinesis.put("zipkin", span.traceId(), encoder.encodeList(List.of(span))));
                spans.add(span);
            }
        }

        spans.forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
        assertThat(shards).hasSize(2);
        assertThat(zipkin.get("/metrics").body()).contains("counter.zipkin_collector.messages.kinesis");
        assertThat(zipkin.get("/health").body()).contains("KinesisCollector{streamName=zipkin, appName=" + TABLE + "}");
        assertThat(server.log()).doesNotContain("top secret");
    }

    @Test
    void recordThatIsMalformed_isPassedOver_andItsPlaceIsLogged() {
        String shard = kinesis.put("zipkin", "same", "[{\"traceId\":\"no hex\",\"id\":\"1\"}]".getBytes(UTF_8));
        Span good = put("zipkin", "same");

        assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        Await.value(
                "the record's place in the log",
                LIMIT,
                server::log,
                log -> log.contains("It stays in the stream, shard " + shard + ", sequence number")
                        && log.contains("should be a 1 to 32 character lower-hex string"));
    }

    @Test
    void splitShard_isReadToItsEnd_thenItsChildren() {
        kinesis.createStream("splitting", 1);
        try (ZipkinEeServer second = ZipkinEeServer.start(settings("splitting", "splitting", Map.of()))) {
            ZipkinHttp http = new ZipkinHttp(second.uri());
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
    }

    /** As the settings of the reference have it: what was there before the first server is left, what comes while none runs is not. */
    @Test
    void latest_meansSinceTheFirstServer() {
        Map<String, String> settings = settings("latest", "latest", Map.of("KINESIS_INITIAL_POSITION", "LATEST"));
        try (ZipkinEeServer first = ZipkinEeServer.start(settings)) {
            Await.value("a lease", LIMIT, () -> dynamo.items("latest"), items -> items.contains("latestSince"));
            if (ZipkinEeServer.isWildFly()) {
                first.asWildFly().cli("--command=deployment undeploy zipkin.war");
                Await.value("a lease of nobody", LIMIT, () -> owners("latest"), Set::isEmpty);
            }
        }
        Span between = put("latest", "b");
        try (ZipkinEeServer second = ZipkinEeServer.start(settings)) {
            ZipkinHttp http = new ZipkinHttp(second.uri());
            assertThat(http.awaitTrace(between.traceId(), 1)).containsExactly(between);
            assertThat(http.get("/api/v2/trace/" + old.traceId()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void storageOutage_losesNothing_andIsTold_andAnotherServerGoesOnWhereOneWasKilled() {
        kinesis.createStream("outage", 3);
        try (DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            Map<String, String> settings = settings(
                    "outage",
                    "outage",
                    TransportContract.sql("postgresql", "POSTGRES_PORT", "POSTGRES", database.createDatabase()));
            List<Span> spans = new ArrayList<>();
            try (ZipkinEeServer first = ZipkinEeServer.start(settings)) {
                ZipkinHttp http = new ZipkinHttp(first.uri());
                put("outage", spans, 20);
                spans.forEach(span -> http.awaitTrace(span.traceId(), 1));
                database.kill();
                put("outage", spans, 20);
                HttpResponse<String> health = Await.value(
                        "a transport that waits",
                        LIMIT,
                        () -> http.get("/health"),
                        answer -> answer.statusCode() == 503 && answer.body().contains("Cannot store the spans now"));
                assertThat(health.body()).contains("KinesisCollector{streamName=outage");

                database.restart();
                Await.value("health", LIMIT, () -> http.get("/health").statusCode(), status -> status == 200);
                spans.forEach(
                        span -> assertThat(http.awaitTrace(span.traceId(), 1)).containsExactly(span));

                ZipkinEeServer restarted = first.killAndRestart().awaitHealthy();
                try (restarted;
                        ZipkinEeServer second = ZipkinEeServer.start(settings)) {
                    put("outage", spans, 20);
                    ZipkinHttp other = new ZipkinHttp(second.uri());
                    spans.forEach(span ->
                            assertThat(other.awaitTrace(span.traceId(), 1)).containsExactly(span));
                    Await.value("two owners", LIMIT, () -> owners("outage"), owners -> owners.size() == 2);
                }
            }
        }
    }

    @Test
    void streamThatIsMissing_isToldInHealth_andReadOnceItIsThere() {
        try (ZipkinEeServer second = ZipkinEeServer.launch(settings("missing", "missing", Map.of()))) {
            ZipkinHttp http = new ZipkinHttp(second.uri());
            second.awaitDeployed();
            Await.value(
                    "the reason",
                    LIMIT,
                    () -> http.get("/health"),
                    answer -> answer.statusCode() == 503 && answer.body().contains("ResourceNotFoundException"));

            kinesis.createStream("missing", 1);
            Span span = put("missing", "a");

            assertThat(http.awaitTrace(span.traceId(), 1)).containsExactly(span);
            Await.value("health", LIMIT, () -> http.get("/health").statusCode(), status -> status == 200);
            Await.value(
                    "the start-up screen",
                    LIMIT,
                    second::log,
                    log -> log.contains("kinesis   waits: stream missing, checkpoints in the table missing"));
        }
    }

    private Set<String> owners(String table) {
        Set<String> owners = new HashSet<>();
        Matcher owner = Pattern.compile("\"leaseOwner\":\\{\"S\":\"([^\"]+)").matcher(dynamo.items(table));
        while (owner.find()) {
            owners.add(owner.group(1));
        }
        return owners;
    }

    private void put(String stream, List<Span> spans, int count) {
        for (int i = 0; i < count; i++) {
            spans.add(put(stream, "key" + i));
        }
    }

    private Span put(String stream, String key) {
        Span span = TransportContract.span();
        kinesis.put(stream, key, SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
        return span;
    }
}
