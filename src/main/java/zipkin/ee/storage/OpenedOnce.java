package zipkin.ee.storage;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is opened when it is first needed. After a failure it is not tried again for a second: each
 * caller would wait for it, and fill the log. Thread safe.
 */
public final class OpenedOnce<T> {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<T> opening;
    private final LongSupplier nanos;
    private volatile @Nullable T opened;
    private volatile @Nullable Failure failure;
    private boolean closed;

    private record Failure(RuntimeException error, long atNanos) {}

    /**
     * @param opening may throw, and is asked again then
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public OpenedOnce(Supplier<T> opening, LongSupplier nanos) {
        this.opening = opening;
        this.nanos = nanos;
    }

    /**
     * Opens it unless it is open; throws what that throws, or has thrown within the last second.
     */
    public T get() {
        T present = opened;
        return present == null ? open() : present;
    }

    private synchronized T open() {
        T present = opened;
        if (present != null) {
            return present;
        }
        if (closed) {
            throw new StorageUnavailableException("The storage is closed", null);
        }
        throwRecentFailure();
        try {
            T made = opening.get();
            opened = made;
            failure = null;
            return made;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Throws a failure of the last second again. */
    public void throwRecentFailure() {
        Failure last = failure;
        if (last != null && nanos.getAsLong() - last.atNanos() < PAUSE_NANOS) {
            throw last.error();
        }
    }

    /** Remembers a failure of what is open. */
    public RuntimeException failed(RuntimeException error) {
        failure = new Failure(error, nanos.getAsLong());
        return error;
    }

    /** Opens nothing any more, and returns what is open, for the caller to close. */
    public synchronized @Nullable T close() {
        closed = true;
        return opened;
    }
}
