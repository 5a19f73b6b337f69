package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.Broker.DeadLetter;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** What every transport with dead letters keeps. Nobody else sends to the transport meanwhile. */
final class TransportChecks {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TransportChecks() {}

    static void everyEncodingIsStoredAndCounted(Broker broker, ZipkinHttp zipkin) {
        Counters before = Counters.of(broker, zipkin);
        broker.send("[]".getBytes(UTF_8));
        Map<Span, byte[]> messages = new LinkedHashMap<>();
        for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
            Span span = SpanStream.span();
            messages.put(span, encoder.encodeList(List.of(span)));
        }
        Span alone = SpanStream.span();
        messages.put(alone, SpanBytesEncoder.THRIFT.encode(alone));
        messages.values().forEach(broker::send);

        messages.keySet().forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1))
                .containsExactly(span));
        assertThat(Counters.of(broker, zipkin))
                .isEqualTo(new Counters(
                        before.messages() + messages.size() + 1,
                        before.spans() + messages.size(),
                        before.messagesDropped(),
                        before.spansDropped()));
    }

    static void malformedMessagesAreDeadLetters(Broker broker, ZipkinHttp zipkin) {
        Counters before = Counters.of(broker, zipkin);
        int lettersBefore = broker.deadLetters().size();
        Map<String, String> poison = new LinkedHashMap<>();
        poison.put("[{\"traceId\":\"no hex\",\"id\":\"1\"}]", "no hex");
        poison.put("{\"traceId\":\"1\",\"id\":\"1\"}", "Expected json, proto3 or thrift list encoding");
        poison.put("hello", "Could not detect the span format");
        poison.put("\f\0\0\0\1\1", "Cannot read span 0: ");
        for (String message : poison.keySet()) {
            broker.send(message.getBytes(UTF_8));
            Span good = SpanStream.span();
            broker.send(SpanBytesEncoder.JSON_V2.encodeList(List.of(good)));
            assertThat(zipkin.awaitTrace(good.traceId(), 1)).containsExactly(good);
        }

        List<DeadLetter> letters = Await.value(
                "dead letters", LIMIT, broker::deadLetters, found -> found.size() >= lettersBefore + poison.size());
        List<DeadLetter> added = letters.subList(lettersBefore, letters.size());
        assertThat(added).extracting(DeadLetter::message).containsExactlyInAnyOrderElementsOf(poison.keySet());
        for (DeadLetter letter : added) {
            assertThat(letter.reason()).contains(poison.get(letter.message()));
        }
        assertThat(Counters.of(broker, zipkin))
                .isEqualTo(new Counters(
                        before.messages() + 2L * poison.size(),
                        before.spans() + poison.size(),
                        before.messagesDropped() + poison.size(),
                        before.spansDropped()));
    }

    static void otlpIsStoredAndCounted(Broker broker, ZipkinHttp zipkin) {
        Counters before = Counters.of(broker, zipkin);
        List<Span> protobuf = SpanStream.trace();
        broker.otlp().send(OtlpMessages.protobuf(protobuf));
        List<Span> json = SpanStream.trace();
        broker.otlp().send(OtlpMessages.json(json));
        List<Span> besidesABadSpan = SpanStream.trace().subList(0, 2);
        broker.otlp().send(OtlpMessages.withBadSpan(besidesABadSpan));
        List<Span> byItsShape = SpanStream.trace();
        broker.send(OtlpMessages.json(byItsShape));

        List<List<Span>> all = List.of(protobuf, json, besidesABadSpan, byItsShape);
        for (List<Span> trace : all) {
            assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size()))
                    .containsExactlyInAnyOrderElementsOf(trace);
        }
        // Refused spans are counted once the others are stored, and so are found a moment before.
        Await.value(
                "counters",
                LIMIT,
                () -> Counters.of(broker, zipkin),
                new Counters(
                        before.messages() + all.size(),
                        before.spans() + 3L * SpanStream.SPANS + 3,
                        before.messagesDropped(),
                        before.spansDropped() + 1)::equals);
    }

    static void malformedOtlpIsADeadLetter(Broker broker, ZipkinHttp zipkin) {
        Counters before = Counters.of(broker, zipkin);
        Map<String, String> poison = new LinkedHashMap<>();
        poison.put("{\"resourceSpans\":7}", "at character 17 reading OTLP from JSON");
        poison.put("\n\5\1", "reading OTLP from protobuf");
        poison.keySet().forEach(message -> broker.otlp().send(message.getBytes(UTF_8)));
        List<Span> good = SpanStream.trace();
        broker.otlp().send(OtlpMessages.protobuf(good));

        assertThat(zipkin.awaitTrace(good.get(0).traceId(), good.size())).containsExactlyInAnyOrderElementsOf(good);
        List<DeadLetter> letters =
                Await.value("dead letters", LIMIT, broker.otlp()::deadLetters, found -> found.size() == poison.size());
        assertThat(letters).extracting(DeadLetter::message).containsExactlyInAnyOrderElementsOf(poison.keySet());
        for (DeadLetter letter : letters) {
            assertThat(letter.reason()).contains(poison.get(letter.message()));
        }
        assertThat(Counters.of(broker, zipkin))
                .isEqualTo(new Counters(
                        before.messages() + poison.size() + 1,
                        before.spans() + good.size(),
                        before.messagesDropped() + poison.size(),
                        before.spansDropped()));
    }

    private record Counters(long messages, long spans, long messagesDropped, long spansDropped) {
        static Counters of(Broker broker, ZipkinHttp zipkin) {
            return new Counters(
                    zipkin.counter("messages", broker.label()),
                    zipkin.counter("spans", broker.label()),
                    zipkin.counter("messages_dropped", broker.label()),
                    zipkin.counter("spans_dropped", broker.label()));
        }
    }
}
