package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.aws.ElasticMq;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.SharedBrokers;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin.ee.testing.broker.TransportSet;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** Spans from SQS, by ElasticMQ. */
@ResourceLock(RedeployedZipkin.LOCK)
class SqsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ElasticMq sqs = SharedBrokers.sqs();
    private final String queue = SharedTransports.set().sqsQueue();
    private final String otlpQueue = SharedTransports.set().sqsOtlpQueue();
    private final String deadLetters = SharedTransports.set().sqsDeadLetters();
    private final ZipkinHttp zipkin = SharedTransports.http();

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
            Span span = SpanStream.span();
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
        assertThat(zipkin.get("/health").body()).contains("SQSCollector{}").doesNotContain(queue);
        assertThat(SharedTransports.server().log()).doesNotContain("top secret");
    }

    @Test
    void malformedMessage_isADeadLetterWithItsReason_andStopsNothing() {
        int before = sqs.messages(deadLetters);
        sqs.send(queue, "[{\"traceId\":\"no hex\",\"id\":\"1\"}]");
        sqs.send(queue, "no base64!");
        Span good = SpanStream.span();
        sqs.send(queue, new String(SpanBytesEncoder.JSON_V2.encodeList(List.of(good)), UTF_8));

        assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        awaitMessages(queue, 0);
        awaitMessages(deadLetters, before + 2);
        assertThat(sqs.receive(deadLetters))
                .contains("no hex", "no base64!")
                .contains("is not 1 to 32 lower-case hex digits", "It is neither JSON nor base64");
    }

    @Test
    void otlp_inProtobufAsBase64_andInJson_isStored_malformedOneIsADeadLetter() {
        int before = sqs.messages(deadLetters);
        List<Span> protobuf = SpanStream.trace();
        sqs.send(otlpQueue, base64(OtlpMessages.protobuf(protobuf)));
        List<Span> json = SpanStream.trace();
        sqs.send(otlpQueue, new String(OtlpMessages.json(json), UTF_8));
        List<Span> besidesABadSpan = SpanStream.trace();
        sqs.send(otlpQueue, base64(OtlpMessages.withBadSpan(besidesABadSpan)));
        List<Span> byItsShape = SpanStream.trace();
        sqs.send(queue, new String(OtlpMessages.json(byItsShape), UTF_8));
        sqs.send(otlpQueue, "{\"resourceSpans\":7}");

        for (List<Span> trace : List.of(protobuf, json, besidesABadSpan, byItsShape)) {
            assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size()))
                    .containsExactlyInAnyOrderElementsOf(trace);
        }
        awaitMessages(otlpQueue, 0);
        awaitMessages(deadLetters, before + 1);
        assertThat(sqs.receive(deadLetters)).contains("at character 17 reading OTLP from JSON");
        Await.value(
                "the log",
                LIMIT,
                SharedTransports.server()::log,
                log -> log.contains("sqs: a message is stored in part: 1 of 6 spans refused")
                        && log.contains(" and OTLP in " + otlpQueue + ", 1 poller each"));
    }

    private static String base64(byte[] message) {
        return Base64.getEncoder().encodeToString(message);
    }

    @Test
    void redrivePolicysTarget_isTheDeadLetterQueue_unlessOneIsSet() {
        String target = sqs.createQueue("own-dead", "{}");
        String own = sqs.createQueue(
                "own",
                "{\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:elasticmq:000000000000:own-dead\\\",\\\"maxReceiveCount\\\":\\\"9\\\"}\"}");
        Map<String, String> settings = new HashMap<>(TransportSet.sqs(own, ""));
        settings.remove("SQS_DEAD_LETTER_QUEUE_URL");
        ZipkinEeServer server = RedeployedZipkin.with(settings);
        sqs.send(own, "no base64!");
        awaitMessages(target, 1);
        awaitMessages(own, 0);
        Await.value("the start-up screen", LIMIT, server::log, log -> log.contains("sqs       on: " + own));
    }

    private void awaitMessages(String url, int count) {
        Await.value("messages of " + url, LIMIT, () -> sqs.messages(url), left -> left == count);
    }
}
