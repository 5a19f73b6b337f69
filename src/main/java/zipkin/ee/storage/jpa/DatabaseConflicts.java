package zipkin.ee.storage.jpa;

import java.util.function.Supplier;

/** Tries again what lost against another transaction: a deadlock, a serialization failure, an id that was taken meanwhile. */
final class DatabaseConflicts {
    private static final int ATTEMPTS = 5;

    private DatabaseConflicts() {}

    /** The work's result; it runs at most five times, and begins a transaction of its own each time. */
    static <T> T retrying(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !DatabaseErrors.isConflict(e)) {
                    throw e;
                }
            }
        }
    }
}
