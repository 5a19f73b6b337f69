package zipkin.ee.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.testing.Await;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class MessageIntakeTest {
    private static final byte[] POISON = "{}".getBytes(UTF_8);

    private final TransportCounters counters = new TransportCounters("test", true);
    private final StubStorage storage = new StubStorage();

    @Test
    void answers_areOneForEachMessage_inOrder() {
        storage.answerAtOnce = true;

        assertThat(take(intake(10, Duration.ofSeconds(5)), message(), POISON, new byte[0], message()))
                .containsExactly(
                        Outcome.Stored.INSTANCE,
                        new Outcome.Malformed("Expected json, proto3 or thrift list encoding"),
                        Outcome.Stored.INSTANCE,
                        Outcome.Stored.INSTANCE);
    }

    @Test
    void answer_waitsForTheStorage() {
        CompletableFuture<List<Outcome>> answers =
                CompletableFuture.supplyAsync(() -> take(intake(10, Duration.ofMinutes(1)), message(), message()));
        Await.value("two writes", storage.waiting::size, size -> size == 2);
        assertThat(answers).isNotDone();

        storage.waiting.get(1).onSuccess(null);
        storage.waiting.get(0).onError(new IllegalStateException("the disk is full"));

        List<Outcome> both = answers.join();
        assertThat(both.get(0)).isInstanceOf(Outcome.TryLater.class);
        assertThat(both.get(1)).isEqualTo(Outcome.Stored.INSTANCE);
    }

    @Test
    void poll_largerThanTheStoragesQueue_leavesRoomInIt() {
        CompletableFuture<List<Outcome>> answers = CompletableFuture.supplyAsync(
                () -> take(intake(4, Duration.ofMinutes(1)), message(), message(), message(), message(), message()));
        Await.value("half of the queue", storage.waiting::size, size -> size == 2);

        for (int i = 0; i < 5; i++) {
            int next = i;
            Await.value("the next write", storage.waiting::size, size -> size > next);
            assertThat(storage.waiting.size() - i).isLessThanOrEqualTo(2);
            storage.waiting.get(i).onSuccess(null);
        }
        assertThat(answers.join()).hasSize(5).containsOnly(Outcome.Stored.INSTANCE);
    }

    @Test
    void storageThatStalls_meansTryLaterInTime() {
        List<Outcome> answers = take(intake(10, Duration.ofMillis(50)), message(), POISON, message());

        assertThat(answers.get(0)).isInstanceOf(Outcome.TryLater.class);
        assertThat(answers.get(1)).isInstanceOf(Outcome.Malformed.class);
        assertThat(answers.get(2)).isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void storageThatIsFull_meansTryLater() {
        storage.full = true;

        assertThat(take(intake(10, Duration.ofSeconds(5)), message()).get(0)).isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void waiting_keepsAMessageAlive_onceInEachInterval_untilItsOutcome() {
        MessageIntake intake = intake(10, Duration.ofMinutes(1));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        AtomicInteger times = new AtomicInteger();

        Outcome awaited = intake.await(outcome, Duration.ofMillis(1), () -> {
            if (times.incrementAndGet() == 3) {
                outcome.complete(Outcome.Stored.INSTANCE);
            }
        });

        assertThat(awaited).isEqualTo(Outcome.Stored.INSTANCE);
        assertThat(times).hasValue(3);
    }

    @Test
    void waiting_endsWithTheTimeout_whateverTheInterval() {
        MessageIntake intake = intake(10, Duration.ofMillis(20));

        for (Duration interval : List.of(Duration.ofMillis(1), Duration.ofDays(1))) {
            assertThat(intake.await(new CompletableFuture<>(), interval, () -> {}))
                    .isInstanceOf(Outcome.TryLater.class);
        }
    }

    private MessageIntake intake(int queueSize, Duration timeout) {
        CollectorSettings settings = new CollectorSettings(1.0, 0, queueSize, 2, timeout, timeout);
        return Unbounded.intake(storage, settings);
    }

    private List<Outcome> take(MessageIntake intake, byte[]... messages) {
        return intake.takeAll(Stream.of(messages)
                .map(message -> Delivery.detected(message, counters))
                .toList());
    }

    private static byte[] message() {
        return SpanBytesEncoder.JSON_V2.encodeList(
                List.of(Span.newBuilder().traceId("a").id("1").putTag("k", "v").build()));
    }

    /** Stores at once, refuses, or keeps the callback of each write for the test to answer. */
    private static final class StubStorage extends ForwardingStorageComponent {
        private final StorageComponent delegate = InMemoryStorage.newBuilder().build();
        private final List<Callback<Void>> waiting = new CopyOnWriteArrayList<>();
        private volatile boolean answerAtOnce;
        private volatile boolean full;

        @Override
        protected StorageComponent delegate() {
            return delegate;
        }

        @Override
        public SpanConsumer spanConsumer() {
            return spans -> new Write();
        }

        private final class Write extends Call.Base<Void> {
            @Override
            protected Void doExecute() {
                throw new UnsupportedOperationException("only enqueued here");
            }

            @Override
            protected void doEnqueue(Callback<Void> callback) {
                if (full) {
                    throw new RejectedExecutionException("full");
                }
                if (answerAtOnce) {
                    callback.onSuccess(null);
                } else {
                    waiting.add(callback);
                }
            }

            @Override
            public Call<Void> clone() {
                return new Write();
            }
        }
    }
}
