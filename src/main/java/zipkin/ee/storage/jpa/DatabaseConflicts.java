package zipkin.ee.storage.jpa;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tries again what lost against another transaction: a deadlock, a serialization failure, an id
 * that was taken meanwhile.
 */
final class DatabaseConflicts {
    private static final int ATTEMPTS = 10;

    /**
     * Doubled with each attempt; the pause is a random part of it, so that those who met do not
     * meet again.
     */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final int MOST_DOUBLINGS = 6;

    private DatabaseConflicts() {}

    /**
     * The work's result; it runs at most ten times, and begins a transaction of its own each time.
     */
    static <T> T retrying(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !DatabaseErrors.isConflict(e)) {
                    throw e;
                }
                long most = PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
            }
        }
    }
}
