package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Budget;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class BatchingStorageTest {
    private static final StorageQueue UNBOUNDED =
            new StorageQueue(new Budget(Long.MAX_VALUE), new Budget(Long.MAX_VALUE));

    private final Budget queuedSpans = new Budget(4);
    private final Budget queuedBytes = new Budget(2000);
    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<List<String>> writes = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private String failing = "none";
    private Runnable duringTheFirstWrite = () -> {};
    private Throwable error = new IllegalStateException("no connection");

    @Test
    void messagesThatWait_areWrittenTogether() {
        BatchingStorage storage = storage(1, 100, 10);
        enqueue(storage, "a", "b");
        enqueue(storage, "c");
        enqueue(storage, "d");
        assertThat(outcomes).isEmpty();
        assertThat(pool).hasSize(1);

        runAll();

        assertThat(writes).containsExactly(List.of("a", "b", "c", "d"));
        assertThat(outcomes).containsExactly("a: stored", "c: stored", "d: stored");
    }

    @Test
    void messagesOfTooManySpans_areWrittenInTurn() {
        BatchingStorage storage = storage(1, 8, 10);
        for (String name : List.of("a", "b", "c", "d", "e")) {
            enqueue(storage, ids(name, 2));
        }

        runAll();

        assertThat(writes)
                .containsExactly(List.of("a0", "a1", "b0", "b1", "c0", "c1", "d0", "d1"), List.of("e0", "e1"));
        assertThat(outcomes).containsExactly("a0: stored", "b0: stored", "c0: stored", "d0: stored", "e0: stored");
    }

    @Test
    void smallMessages_waitForAPieceOfLargeOnes() {
        BatchingStorage storage = storage(1, 8, 10);
        enqueue(storage, ids("large", 9));
        enqueue(storage, ids("next", 3));
        enqueue(storage, "a");
        enqueue(storage, "b");
        enqueue(storage, "c");
        duringTheFirstWrite = () -> enqueue(storage, "d");

        runAll();

        assertThat(writes)
                .containsExactly(
                        List.of("a", "b", "c"),
                        List.of("large0", "large1"),
                        List.of("d"),
                        List.of("large2", "large3"),
                        List.of("large4", "large5"),
                        List.of("large6", "large7"),
                        List.of("large8", "next0"),
                        List.of("next1", "next2"));
        assertThat(outcomes)
                .containsExactly("a: stored", "b: stored", "c: stored", "d: stored", "large0: stored", "next0: stored");
        assertThat(storage.numbers()).containsEntry("queue_size", 0L);
    }

    @Test
    void largeMessage_ofWhichAPieceFails_isNotWrittenFurther() {
        failing = "large1";
        BatchingStorage storage = storage(1, 4, 10);
        enqueue(storage, ids("large", 9));
        enqueue(storage, ids("next", 3));

        runAll();

        assertThat(writes)
                .containsExactly(List.of("large0", "large1", "large2", "large3"), List.of("next0", "next1", "next2"));
        assertThat(outcomes).containsExactly("large0: no connection", "next0: stored");
    }

    @Test
    void oneOfSeveralWriters_isKeptForSmallMessages_whileTheyCome() {
        BatchingStorage storage = storage(2, 8, 10);
        enqueue(storage, "a");
        enqueue(storage, ids("large", 5));
        runAll();
        enqueue(storage, ids("next", 4));
        duringTheFirstWrite = () -> {
            enqueue(storage, ids("last", 4));
            runAll();
            enqueue(storage, "b");
            runAll();
            assertThat(outcomes).endsWith("large0: stored", "b: stored");
        };

        runAll();

        assertThat(outcomes)
                .containsExactly("a: stored", "large0: stored", "b: stored", "next0: stored", "last0: stored");
        assertThat(writes)
                .containsExactly(
                        List.of("a"),
                        List.of("large0", "large1"),
                        List.of("large2", "large3"),
                        List.of("large4"),
                        List.of("next0", "next1"),
                        List.of("b"),
                        List.of("next2", "next3"),
                        List.of("last0", "last1"),
                        List.of("last2", "last3"));
    }

    @Test
    void largeMessage_isStoredWhenAllWritersHaveWrittenTheirPieces() {
        BatchingStorage storage = storage(3, 4, 10);
        enqueue(storage, ids("large", 8));
        duringTheFirstWrite = () -> {
            enqueue(storage, "a");
            runAll();
            assertThat(outcomes).containsExactly("a: stored");
        };

        runAll();

        assertThat(writes)
                .containsExactly(
                        List.of("large0", "large1", "large2", "large3"),
                        List.of("a"),
                        List.of("large4"),
                        List.of("large5"),
                        List.of("large6"),
                        List.of("large7"));
        assertThat(outcomes).containsExactly("a: stored", "large0: stored");
    }

    @Test
    void message_isAcknowledgedAfterItIsStored() {
        BatchingStorage storage = storage(1, 100, 10);
        List<Integer> storedBefore = new ArrayList<>();
        storage.spanConsumer().accept(spans("a")).enqueue(new Callback<>() {
            @Override
            public void onSuccess(Void value) {
                storedBefore.add(memory.getTraces().size());
            }

            @Override
            public void onError(Throwable unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertThat(storedBefore).isEmpty();

        runAll();

        assertThat(storedBefore).containsExactly(1);
    }

    @Test
    void message_intoAFullQueue_isRefusedAndTheOthersAreStored() {
        BatchingStorage storage = storage(1, 100, 2);
        enqueue(storage, "a");
        enqueue(storage, "b");

        assertThatThrownBy(() -> enqueue(storage, "c"))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("2 messages wait for the storage");

        runAll();
        assertThat(outcomes).containsExactly("a: stored", "b: stored");
        enqueue(storage, "d");
        runAll();
        assertThat(outcomes).contains("d: stored").hasSize(3);
    }

    @Test
    void messages_beyondTheQueuesSpans_areRefused_untilOthersAreWritten() {
        BatchingStorage storage = bounded();
        enqueue(storage, "a", "b");
        enqueue(storage, "c", "d");

        assertThatThrownBy(() -> enqueue(storage, "e"))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageStartingWith("4 spans of ");

        runAll();
        assertThat(queuedSpans.used()).isZero();
        assertThat(queuedBytes.used()).isZero();
        enqueue(storage, "e");
        runAll();
        assertThat(outcomes).containsExactly("a: stored", "c: stored", "e: stored");
    }

    @Test
    void messages_beyondTheQueuesBytes_areRefused_andHoldNothing() {
        BatchingStorage storage = bounded();
        enqueue(storage, "a" + "x".repeat(1500));

        assertThatThrownBy(() -> enqueue(storage, "b" + "x".repeat(1500)))
                .isInstanceOf(RejectedExecutionException.class);

        assertThat(queuedSpans.used()).isEqualTo(1);
        runAll();
        assertThat(queuedSpans.used()).isZero();
        assertThat(queuedBytes.used()).isZero();
    }

    @Test
    void message_beyondTheBoundsByItself_isTaken_whenNothingElseIsThere() {
        BatchingStorage storage = bounded();
        enqueue(storage, "a");
        assertThatThrownBy(() -> enqueue(storage, "b", "c", "d", "e", "f"))
                .isInstanceOf(RejectedExecutionException.class);
        runAll();

        enqueue(storage, "b", "c", "d", "e", "f");

        runAll();
        assertThat(outcomes).containsExactly("a: stored", "b: stored");
        assertThat(queuedSpans.used()).isZero();
    }

    @Test
    void queue_isGivenBack_afterTheWrite_alsoWhenItFails() {
        failing = "a";
        BatchingStorage storage = bounded();
        List<Long> duringTheWrite = new ArrayList<>();
        storage.spanConsumer().accept(spans("a")).enqueue(new Callback<>() {
            @Override
            public void onSuccess(Void value) {
                throw new AssertionError("stored");
            }

            @Override
            public void onError(Throwable failed) {
                duringTheWrite.add(queuedSpans.used());
            }
        });
        assertThat(queuedSpans.used()).isEqualTo(1);

        runAll();

        assertThat(duringTheWrite).containsExactly(0L);
        assertThat(queuedBytes.used()).isZero();
    }

    @Test
    void commonWriteThatFails_isNotRetried_whenTheStorageIsUnavailableToAll() {
        failing = "b";
        error = new StorageUnavailableException("down", null);
        BatchingStorage storage = storage(1, 100, 10);
        enqueue(storage, "a");
        enqueue(storage, "b");

        runAll();

        assertThat(writes).containsExactly(List.of("a", "b"));
        assertThat(outcomes).containsExactly("a: down", "b: down");
    }

    @Test
    void commonWriteThatFails_isRetriedOneByOneAndEachHasItsOutcome() {
        failing = "b";
        BatchingStorage storage = storage(1, 100, 10);
        enqueue(storage, "a");
        enqueue(storage, "b");
        enqueue(storage, "c");

        runAll();

        assertThat(writes).containsExactly(List.of("a", "b", "c"), List.of("a"), List.of("b"), List.of("c"));
        assertThat(outcomes).containsExactly("a: stored", "b: no connection", "c: stored");
        assertThat(memory.getTraces()).hasSize(2);
    }

    @Test
    void writeThatEndsByAnError_tellsItAndTheNextIsWritten() {
        failing = "a";
        error = new OutOfMemoryError("no memory");
        BatchingStorage storage = storage(1, 100, 10);
        enqueue(storage, "a");
        runAll();
        enqueue(storage, "b");
        runAll();

        assertThat(outcomes).containsExactly("a: no memory", "b: stored");
    }

    @Test
    void writers_areAsManyAsAllowed() {
        BatchingStorage storage = storage(2, 100, 10);
        enqueue(storage, "a");
        enqueue(storage, "b");
        enqueue(storage, "c");
        assertThat(pool).hasSize(2);

        runAll();
        assertThat(outcomes).containsExactly("a: stored", "b: stored", "c: stored");
        enqueue(storage, "d");
        assertThat(pool).hasSize(1);
    }

    @Test
    void noSpansTogether_isAWriteForEachMessage() {
        BatchingStorage storage = storage(1, 0, 10);
        enqueue(storage, "a", "b");
        enqueue(storage, "c");
        runAll();
        assertThat(writes).containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void writers_becomeMore_whileTheStorageKeepsUp_andFewerWhenItIsUnavailable() {
        BatchingStorage storage =
                new BatchingStorage(delegate(), pool::add, AdaptiveConcurrencyLimit.between(1, 4), 0, 20, UNBOUNDED);
        enqueue(storage, "a");
        enqueue(storage, "b");
        enqueue(storage, "c");
        assertThat(pool).hasSize(1);
        pool.remove().run();
        assertThat(storage.numbers()).containsEntry("limit", 3L).containsEntry("queue_size", 0L);
        runAll();
        enqueue(storage, "d");
        enqueue(storage, "e");
        enqueue(storage, "f");
        assertThat(pool).hasSize(3);
        runAll();
        assertThat(outcomes).hasSize(6).allMatch(outcome -> outcome.endsWith("stored"));

        failing = "g";
        error = new StorageUnavailableException("down", null);
        enqueue(storage, "g");
        runAll();
        assertThat(storage.numbers()).containsEntry("limit", 2L).containsEntry("concurrency", 0L);
        enqueue(storage, "h");
        enqueue(storage, "i");
        assertThat(pool).hasSize(2);
        runAll();
        assertThat(outcomes).endsWith("g: down", "h: stored", "i: stored");
    }

    @Test
    void poolThatHasEnded_refusesAllThatWaits() {
        BatchingStorage storage = new BatchingStorage(
                delegate(),
                task -> {
                    throw new RejectedExecutionException("the application ends");
                },
                AdaptiveConcurrencyLimit.fixed(1),
                100,
                10,
                new StorageQueue(queuedSpans, queuedBytes));

        enqueue(storage, "a");

        assertThat(outcomes).containsExactly("a: the application ends");
        assertThat(writes).isEmpty();
        enqueue(storage, "b");
        assertThat(outcomes).contains("b: the application ends");
        assertThat(queuedSpans.used()).isZero();
    }

    @Test
    void execute_writesOnTheCallersThread() throws Exception {
        BatchingStorage storage = storage(1, 100, 10);

        storage.spanConsumer().accept(spans("a")).execute();

        assertThat(writes).containsExactly(List.of("a"));
        assertThat(pool).isEmpty();
        assertThat(storage).hasToString("InMemoryStorage{}");
    }

    private BatchingStorage bounded() {
        return new BatchingStorage(
                delegate(),
                pool::add,
                AdaptiveConcurrencyLimit.fixed(1),
                100,
                10,
                new StorageQueue(queuedSpans, queuedBytes));
    }

    private BatchingStorage storage(int writers, int maxSpans, int queueSize) {
        return new BatchingStorage(
                delegate(), pool::add, AdaptiveConcurrencyLimit.fixed(writers), maxSpans, queueSize, UNBOUNDED);
    }

    private void runAll() {
        for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
            task.run();
        }
    }

    private void enqueue(BatchingStorage storage, String... ids) {
        storage.spanConsumer().accept(spans(ids)).enqueue(new Callback<>() {
            @Override
            public void onSuccess(Void value) {
                outcomes.add(ids[0] + ": stored");
            }

            @Override
            public void onError(Throwable failed) {
                outcomes.add(ids[0] + ": " + failed.getMessage());
            }
        });
    }

    private static String[] ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private static List<Span> spans(String... ids) {
        List<Span> spans = new ArrayList<>();
        for (String id : ids) {
            spans.add(Span.newBuilder()
                    .traceId("%016x".formatted((long) id.charAt(0)))
                    .id("1")
                    .name(id)
                    .build());
        }
        return spans;
    }

    /** Notes what is written; fails when the span {@code failing} is among it. */
    private StorageComponent delegate() {
        return new ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                return spans -> write(spans);
            }
        };
    }

    private Call<Void> write(List<Span> spans) {
        List<String> names =
                spans.stream().map(span -> String.valueOf(span.name())).toList();
        writes.add(names);
        Runnable beside = duringTheFirstWrite;
        duringTheFirstWrite = () -> {};
        beside.run();
        if (names.contains(failing)) {
            if (error instanceof Error fatal) {
                throw fatal;
            }
            throw (RuntimeException) error;
        }
        return memory.accept(spans);
    }
}
