package zipkin.ee.query;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.http.TryLaterException;

/**
 * Reads traces for answers. Queries that read more than 256 KiB of spans take turns on half of
 * the processors, and have at most half of the threads of queries, so that short ones are answered
 * meanwhile. Thread safe.
 */
@SingleInstance
final class LongQueries {
    /** Some 1,000 spans. What a query reads below it takes a tenth of a second on any storage. */
    static final long SHORT_BYTES = 1 << 18;

    private final Semaphore places;
    private final Semaphore turns;
    private final long timeoutMillis;

    @Inject
    LongQueries(QuerySettings settings) {
        this(
                settings.concurrency(),
                Runtime.getRuntime().availableProcessors(),
                settings.timeout().toMillis());
    }

    LongQueries(int concurrency, int processors, long timeoutMillis) {
        this.places = new Semaphore(Math.max(1, concurrency / 2));
        this.turns = new Semaphore(Math.max(1, processors / 2), true);
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Runs a query on the calling thread.
     *
     * @param room of the answer; gets the bytes of heap that the query's spans need in total, and
     *     throws to end it
     * @throws TryLaterException when too many long queries run or wait, or when this one has waited
     *     for its turn as long as a query may take
     */
    <T> T read(LongConsumer room, Callable<T> query) throws Exception {
        Turn turn = new Turn();
        try {
            return ReadRoom.within(
                    bytes -> {
                        room.accept(bytes);
                        turn.require(bytes);
                    },
                    query);
        } finally {
            turn.end();
        }
    }

    /** Of one query. */
    private final class Turn {
        private boolean hasPlace;
        private boolean hasTurn;

        void require(long bytes) {
            if (bytes <= SHORT_BYTES || hasTurn) {
                return;
            }
            hasPlace = hasPlace || places.tryAcquire();
            if (!hasPlace) {
                throw new TryLaterException("Too many large traces are being read. Try again later.");
            }
            try {
                hasTurn = turns.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!hasTurn) {
                throw new TryLaterException("Other large traces were read for too long. Try again later.");
            }
        }

        void end() {
            if (hasTurn) {
                turns.release();
            }
            if (hasPlace) {
                places.release();
            }
        }
    }
}
