package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.internal.HexCodec;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class CollectorTest {
    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final TransportCounters counters = new TransportCounters("test", false);

    @Test
    void accept_ofAMessage_isStoredOnceTheStorageHasIt() {
        Outcome outcome = accept(memory, 1.0, false, span("a"), span("b"));

        assertThat(outcome).isEqualTo(new Outcome.Stored());
        assertThat(memory.getTraces()).hasSize(2);
        assertThat(counters.spans()).isEqualTo(2);
        assertThat(counters.spansDropped()).isZero();
        assertThat(counters.messageSpans()).isEqualTo(2);
    }

    @Test
    void accept_ofAMalformedMessage_saysWhere() {
        Collector collector = Unbounded.collector(memory, settings(1.0));

        Outcome outcome = collector
                .accept(delivery(
                        "[{\"traceId\":\"a\",\"id\":\"x\"}]".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .join();

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Malformed("Cannot read span 0: \"id\" is not 1 to 16 lower-case hex digits: \"x\""
                                + " (spans are counted from 0)"));
        assertThat(counters.messagesDropped()).isEqualTo(1);
    }

    @Test
    void accept_whileTheStorageIsSlow_isNotDoneBeforeIt() {
        List<Callback<Void>> waiting = new ArrayList<>();
        Collector collector = Unbounded.collector(storing(new StubCall(null, waiting)), settings(1.0));

        var outcome = collector.accept(delivery(json(span("a"))));
        assertThat(outcome.toCompletableFuture()).isNotDone();

        waiting.get(0).onSuccess(null);
        assertThat(outcome.toCompletableFuture()).isCompletedWithValue(new Outcome.Stored());
    }

    @Test
    void accept_whenTheQueueIsFull_saysTryLaterAndCountsTheSpans() {
        StorageComponent full = storing(new StubCall(new RejectedExecutionException("full"), new ArrayList<>()));

        assertThat(accept(full, 1.0, false, span("a")))
                .isEqualTo(new Outcome.TryLater("The queue of the storage is full. Try again later."));
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void accept_whenTheStorageFails_saysTryLaterAndCountsTheSpans() {
        List<Callback<Void>> waiting = new ArrayList<>();
        Collector collector = Unbounded.collector(storing(new StubCall(null, waiting)), settings(1.0));

        var outcome = collector.accept(delivery(json(span("a"), span("b"))));
        waiting.get(0).onError(new IOException("connection refused"));

        assertThat(outcome.toCompletableFuture())
                .isCompletedWithValue(new Outcome.TryLater("Cannot store the spans now. Try again later."));
        assertThat(counters.spansDropped()).isEqualTo(2);
    }

    @Test
    void accept_whenTheStorageCantEverTakeASpan_isMalformed_andTellsTheReason() {
        List<Callback<Void>> waiting = new ArrayList<>();
        Collector collector = Unbounded.collector(storing(new StubCall(null, waiting)), settings(1.0));

        var outcome = collector.accept(delivery(json(span("a"), span("b"))));
        waiting.get(0).onError(new MalformedSpansException("Cannot store a span: too long"));

        assertThat(outcome.toCompletableFuture())
                .isCompletedWithValue(new Outcome.Malformed("Cannot store a span: too long"));
        assertThat(counters.spansDropped()).isEqualTo(2);
    }

    @Test
    void accept_whenTheStorageThrows_saysTryLater() {
        StorageComponent broken = storing(new StubCall(new IllegalStateException("closed"), new ArrayList<>()));

        assertThat(accept(broken, 1.0, false, span("a"))).isInstanceOf(Outcome.TryLater.class);
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void accept_withSampling_keepsByTraceIdAndCountsTheRest() {
        // The low 64 bits decide: 1 is below half of the range, 0x7fff… is not.
        accept(memory, 0.5, false, span("1"), span("7fffffffffffffff"));

        assertThat(memory.getTraces()).containsExactly(List.of(span("1")));
        assertThat(counters.spans()).isEqualTo(2);
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void accept_ofADebugRequest_keepsAndMarksEverySpan() {
        accept(memory, 0.0, true, span("7fffffffffffffff"));

        assertThat(memory.getTraces())
                .containsExactly(
                        List.of(span("7fffffffffffffff").toBuilder().debug(true).build()));
    }

    @Test
    void sampler_atItsEdges_followsTheMagnitude() {
        assertThat(keeps(0.0, span("1"))).isFalse();
        assertThat(keeps(1.0, span("7fffffffffffffff"))).isTrue();
        assertThat(keeps(0.5, span("8000000000000000"))).isFalse();
        assertThat(keeps(0.5, span("ffffffffffffffff"))).isTrue();
        assertThat(keeps(0.5, span("7fffffffffffffff0000000000000001"))).isTrue();
        assertThat(keeps(0.0, span("1").toBuilder().debug(true).build())).isTrue();
    }

    @Test
    void acceptMessage_inAnyEncoding_isStored_andCounted() {
        for (SpanBytesEncoder encoder : SpanBytesEncoder.values()) {
            assertThat(acceptMessage(encoder.encodeList(List.of(span("a"))))).isEqualTo(new Outcome.Stored());
        }
        assertThat(acceptMessage(SpanBytesEncoder.THRIFT.encode(span("a")))).isEqualTo(new Outcome.Stored());
        assertThat(counters.messages()).isEqualTo(5);
        assertThat(counters.spans()).isEqualTo(5);
        assertThat(memory.getTraces()).hasSize(1);
    }

    @Test
    void acceptMessage_thatIsEmpty_hasNothingToStore() {
        assertThat(acceptMessage(new byte[0])).isEqualTo(new Outcome.Stored());
        assertThat(acceptMessage(new byte[] {'[', ']'})).isEqualTo(new Outcome.Stored());
        assertThat(acceptMessage(new byte[] {'\n', '[', ']', '\n'})).isEqualTo(new Outcome.Stored());
        assertThat(acceptMessage(new byte[] {'\n'})).isEqualTo(new Outcome.Stored());
        assertThat(counters.messages()).isEqualTo(4);
        assertThat(counters.spans()).isZero();
    }

    @Test
    void acceptMessage_thatIsNone_isMalformed_andDroppedOnce() {
        for (byte[] message : List.of(new byte[] {'{', '}'}, new byte[] {10, 0}, new byte[] {2, 3})) {
            assertThat(acceptMessage(message)).isInstanceOf(Outcome.Malformed.class);
        }
        assertThat(counters.messages()).isEqualTo(3);
        assertThat(counters.messagesDropped()).isEqualTo(3);
    }

    @Test
    void refusedSpans_ofATransportThatRedelivers_areNotDropped() {
        StorageComponent full = storing(new StubCall(new RejectedExecutionException("full"), new ArrayList<>()));
        TransportCounters redelivered = new TransportCounters("test", true);

        Outcome outcome = Unbounded.collector(full, settings(1.0))
                .accept(Delivery.detected(json(span("a")), redelivered))
                .toCompletableFuture()
                .join();

        assertThat(outcome).isInstanceOf(Outcome.TryLater.class);
        assertThat(redelivered.spansDropped()).isZero();
    }

    private static boolean keeps(double rate, Span span) {
        return new Sampler(rate, SpanRate.UNLIMITED)
                .keeps(Boolean.TRUE.equals(span.debug()), HexCodec.lowerHexToUnsignedLong(span.traceId()));
    }

    private Delivery delivery(byte[] json) {
        return Delivery.encoded(json, Encoding.JSON_V2, counters);
    }

    private Outcome acceptMessage(byte[] message) {
        return Unbounded.collector(memory, settings(1.0))
                .accept(Delivery.detected(message, counters))
                .toCompletableFuture()
                .join();
    }

    private Outcome accept(StorageComponent storage, double sampleRate, boolean debug, Span... spans) {
        return Unbounded.collector(storage, settings(sampleRate))
                .accept(delivery(json(spans)).with(debug, new Account()))
                .toCompletableFuture()
                .join();
    }

    private static CollectorSettings settings(double sampleRate) {
        return new CollectorSettings(sampleRate, 0, 10, 2, Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    private static Span span(String traceId) {
        return Span.newBuilder().traceId(traceId).id("1").putTag("k", "v").build();
    }

    private static byte[] json(Span... spans) {
        return SpanBytesEncoder.JSON_V2.encodeList(List.of(spans));
    }

    private StorageComponent storing(StubCall call) {
        return new ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                return spans -> call;
            }
        };
    }

    /** Throws when enqueued, or keeps the callback for the test to answer. */
    private static final class StubCall extends Call.Base<Void> {
        private final @org.jspecify.annotations.Nullable RuntimeException failure;
        private final List<Callback<Void>> waiting;

        StubCall(@org.jspecify.annotations.Nullable RuntimeException failure, List<Callback<Void>> waiting) {
            this.failure = failure;
            this.waiting = waiting;
        }

        @Override
        protected Void doExecute() {
            throw new UnsupportedOperationException("only enqueued here");
        }

        @Override
        protected void doEnqueue(Callback<Void> callback) {
            if (failure != null) {
                throw failure;
            }
            waiting.add(callback);
        }

        @Override
        public Call<Void> clone() {
            return new StubCall(failure, waiting);
        }
    }
}
