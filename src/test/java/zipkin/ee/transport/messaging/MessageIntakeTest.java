package zipkin.ee.transport.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import jakarta.resource.cci.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.TransportCounters;
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
    void answers_areOneForEachMessage_inOrder() throws ResourceException {
        storage.answerAtOnce = true;

        assertThat(take(intake(10, Duration.ofSeconds(5)), message(), POISON, new byte[0], message()))
                .containsExactly(null, "Expected json, proto3 or thrift list encoding", null, null);
    }

    @Test
    void answer_waitsForTheStorage() {
        CompletableFuture<List<@Nullable Object>> answers = CompletableFuture.supplyAsync(
                () -> takeUnchecked(intake(10, Duration.ofMinutes(1)), message(), message()));
        Await.value("two writes", storage.waiting::size, size -> size == 2);
        assertThat(answers).isNotDone();

        storage.waiting.get(1).onSuccess(null);
        storage.waiting.get(0).onError(new IllegalStateException("the disk is full"));

        List<@Nullable Object> both = answers.join();
        assertThat(both.get(0)).isInstanceOf(ResourceException.class);
        assertThat(both.get(1)).isNull();
    }

    @Test
    void poll_largerThanTheStoragesQueue_leavesRoomInIt() {
        CompletableFuture<List<@Nullable Object>> answers = CompletableFuture.supplyAsync(() ->
                takeUnchecked(intake(4, Duration.ofMinutes(1)), message(), message(), message(), message(), message()));
        Await.value("half of the queue", storage.waiting::size, size -> size == 2);

        for (int i = 0; i < 5; i++) {
            int next = i;
            Await.value("the next write", storage.waiting::size, size -> size > next);
            assertThat(storage.waiting.size() - i).isLessThanOrEqualTo(2);
            storage.waiting.get(i).onSuccess(null);
        }
        assertThat(answers.join()).hasSize(5).containsOnlyNulls();
    }

    @Test
    void storageThatStalls_meansTryLaterInTime() throws ResourceException {
        List<@Nullable Object> answers = take(intake(10, Duration.ofMillis(50)), message(), POISON, message());

        assertThat(answers.get(0)).isInstanceOf(ResourceException.class);
        assertThat(answers.get(1)).isInstanceOf(String.class);
        assertThat(answers.get(2)).isInstanceOf(ResourceException.class);
    }

    @Test
    void storageThatIsFull_meansTryLater() throws ResourceException {
        storage.full = true;

        assertThat(take(intake(10, Duration.ofSeconds(5)), message()).get(0)).isInstanceOf(ResourceException.class);
    }

    private MessageIntake intake(int queueSize, Duration timeout) {
        CollectorSettings settings = new CollectorSettings(1.0, 0, queueSize, 2, timeout, timeout);
        return new MessageIntake(new Collector(storage, settings), settings);
    }

    @SuppressWarnings("unchecked") // the platform's record is a raw list
    private List<@Nullable Object> take(MessageIntake intake, byte[]... messages) throws ResourceException {
        AnswerRecord record = new AnswerRecord(messages.length);
        Collections.addAll(record, (Object[]) messages);
        Record answers = intake.take(record, counters);
        return new ArrayList<>((List<@Nullable Object>) answers);
    }

    private List<@Nullable Object> takeUnchecked(MessageIntake intake, byte[]... messages) {
        try {
            return take(intake, messages);
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
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
