package zipkin.ee.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.http.TryLaterException;

class LongQueriesTest {
    private static final long LONG = 2 * LongQueries.SHORT_BYTES;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdownNow();
    }

    @Test
    void longQueries_takeTurns_andShortOnesDoNotWait() throws Exception {
        LongQueries queries = new LongQueries(8, 2, 10_000);
        CompletableFuture<Void> reads = new CompletableFuture<>();
        Future<String> first = read(queries, LONG, "first", () -> reads.complete(null));
        reads.get(10, TimeUnit.SECONDS);
        Future<String> second = read(queries, LONG, "second", () -> {});

        assertThat(read(queries, LongQueries.SHORT_BYTES / 2, "short", () -> {}).get(10, TimeUnit.SECONDS))
                .isEqualTo("short");
        assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        end.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("second");
    }

    @Test
    void longQueries_beyondHalfOfTheThreads_areRefused() throws Exception {
        LongQueries queries = new LongQueries(3, 8, 10_000);
        CompletableFuture<Void> reads = new CompletableFuture<>();
        Future<String> first = read(queries, LONG, "first", () -> reads.complete(null));
        reads.get(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> read(queries, LONG, "second", () -> {}).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TryLaterException.class)
                .hasMessageContaining("Too many large traces are being read");

        end.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(read(queries, LONG, "third", () -> {}).get(10, TimeUnit.SECONDS))
                .isEqualTo("third");
    }

    @Test
    void longQuery_thatHasNoTurnInTime_isRefused_andGivesItsPlaceBack() throws Exception {
        LongQueries queries = new LongQueries(4, 1, 50);
        CompletableFuture<Void> reads = new CompletableFuture<>();
        Future<String> first = read(queries, LONG, "first", () -> reads.complete(null));
        reads.get(10, TimeUnit.SECONDS);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> read(queries, LONG, "late", () -> {}).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TryLaterException.class)
                    .hasMessageContaining("Other large traces were read for too long");
        }

        end.countDown();
        first.get(10, TimeUnit.SECONDS);
    }

    /** Reads so many bytes, and then works until the test lets it end, if it is the first. */
    private Future<String> read(LongQueries queries, long bytes, String name, Runnable hasRead) {
        return threads.submit(() -> queries.read(total -> {}, () -> {
            ReadRoom.add(bytes);
            hasRead.run();
            if (name.equals("first")) {
                end.await();
            }
            return name;
        }));
    }
}
