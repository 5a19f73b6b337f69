package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.aws.ElasticMq;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans from SQS, by ElasticMQ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ElasticMq sqs = ElasticMq.start();
    private final String queue = sqs.createQueue("zipkin", "{\"VisibilityTimeout\":\"5\"}");
    private final String deadLetters = sqs.createQueue("zipkin-dead", "{}");
    private final ZipkinEeServer server =
            ZipkinEeServer.start(settings(queue, Map.of("SQS_DEAD_LETTER_QUEUE_URL", deadLetters)));
    private final ZipkinHttp zipkin = new ZipkinHttp(server.uri());

    @AfterAll
    void stop() {
        server.close();
        sqs.close();
    }

    private static Map<String, String> settings(String queue, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "SQS_QUEUE_URL", queue,
                "SQS_WAIT_TIME_SECONDS", "1",
                "SQS_AWS_ACCESS_KEY_ID", "x",
                "SQS_AWS_SECRET_ACCESS_KEY", "top secret",
                "SQS_AWS_REGION", "us-east-1",
                "COLLECTOR_MAX_BACKOFF", "4s"));
        settings.putAll(more);
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON_V2", "PROTO3"})
    void spansOfZipkinsSender_areStored_andTheirMessageDeleted(String encoding) {
        String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));

        sqs.sendByZipkinsSender(queue, traceId, encoding);

        List<Span> spans = zipkin.awaitTrace(traceId, 5);
        assertThat(spans).extracting(Span::localServiceName).containsOnly("größe");
        awaitMessages(queue, 0);
    }

    @Test
    void messages_inEveryEncoding_areStoredAndDeleted_theEmptyListToo() {
        List<Span> spans = new ArrayList<>();
        sqs.send(queue, "[]");
        for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
            Span span = TransportContract.span();
            byte[] message = encoder.encodeList(List.of(span));
            sqs.send(
                    queue,
                    message[0] == '['
                            ? new String(message, UTF_8)
                            : Base64.getEncoder().encodeToString(message));
            spans.add(span);
        }

        spans.forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
        awaitMessages(queue, 0);
        assertThat(zipkin.get("/metrics").body()).contains("counter.zipkin_collector.messages.sqs");
        assertThat(zipkin.get("/health").body()).contains("SQSCollector{queueUrl=" + queue + "}");
        assertThat(server.log()).doesNotContain("top secret");
    }

    @Test
    void malformedMessage_isADeadLetterWithItsReason_andStopsNothing() {
        sqs.send(queue, "[{\"traceId\":\"no hex\",\"id\":\"1\"}]");
        sqs.send(queue, "no base64!");
        Span good = TransportContract.span();
        sqs.send(queue, new String(SpanBytesEncoder.JSON_V2.encodeList(List.of(good)), UTF_8));

        assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        awaitMessages(queue, 0);
        awaitMessages(deadLetters, 2);
        assertThat(sqs.receive(deadLetters))
                .contains("no hex", "no base64!")
                .contains("should be a 1 to 32 character lower-hex string", "It is neither a list in JSON nor base64");
    }

    @Test
    void redrivePolicysTarget_isTheDeadLetterQueue_unlessOneIsSet() {
        String target = sqs.createQueue("own-dead", "{}");
        String own = sqs.createQueue(
                "own",
                "{\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:elasticmq:000000000000:own-dead\\\",\\\"maxReceiveCount\\\":\\\"9\\\"}\"}");
        try (ZipkinEeServer second = ZipkinEeServer.start(settings(own, Map.of()))) {
            sqs.send(own, "no base64!");
            awaitMessages(target, 1);
            awaitMessages(own, 0);
            Await.value("the start-up screen", LIMIT, second::log, log -> log.contains("sqs       on: " + own));
        }
    }

    @Test
    void storageOutage_losesNothing_andIsTold() {
        String own = sqs.createQueue("outage", "{\"VisibilityTimeout\":\"2\"}");
        try (DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18);
                ZipkinEeServer second = ZipkinEeServer.start(settings(
                        own,
                        TransportContract.sql("postgresql", "POSTGRES_PORT", "POSTGRES", database.createDatabase())))) {
            ZipkinHttp http = new ZipkinHttp(second.uri());
            List<Span> spans = new ArrayList<>();
            send(own, spans, 20);
            awaitMessages(own, 0);
            database.kill();
            send(own, spans, 20);
            HttpResponse<String> health = Await.value(
                    "a transport that waits",
                    LIMIT,
                    () -> http.get("/health"),
                    answer -> answer.statusCode() == 503 && answer.body().contains("Cannot store the spans now"));
            assertThat(health.body()).contains("SQSCollector{queueUrl=" + own);
            assertThat(sqs.messages(own)).isEqualTo(20);

            database.restart();
            Await.value("health", LIMIT, () -> http.get("/health").statusCode(), status -> status == 200);
            spans.forEach(span -> assertThat(http.awaitTrace(span.traceId(), 1)).containsExactly(span));
            awaitMessages(own, 0);

            ZipkinEeServer restarted = second.killAndRestart().awaitHealthy();
            try (restarted) {
                send(own, spans, 5);
                spans.forEach(span -> assertThat(new ZipkinHttp(restarted.uri()).awaitTrace(span.traceId(), 1))
                        .containsExactly(span));
            }
        }
    }

    private void send(String url, List<Span> spans, int count) {
        for (int i = 0; i < count; i++) {
            Span span = TransportContract.span();
            sqs.send(url, new String(SpanBytesEncoder.JSON_V2.encodeList(List.of(span)), UTF_8));
            spans.add(span);
        }
    }

    private void awaitMessages(String url, int count) {
        Await.value("messages of " + url, LIMIT, () -> sqs.messages(url), left -> left == count);
    }
}
