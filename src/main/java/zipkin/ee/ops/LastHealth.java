package zipkin.ee.ops;

import jakarta.ws.rs.container.AsyncResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.fault.MemoryFault;
import zipkin.ee.text.SafeLogger;

/**
 * The result of the last check. One check at a time runs on another thread. Requests are answered
 * at once from the last result, so any number of them costs nothing. Thread safe.
 */
final class LastHealth {
    private static final Logger LOGGER = SafeLogger.of(LastHealth.class.getName());
    private static final long FIRST_RESULT_MILLIS = 2000;
    private static final int OVERDUE_INTERVALS = 3;
    private static final Health LATE =
            Health.unknown("The storage did not answer within QUERY_TIMEOUT. Is it reachable?");
    private static final Health STARTING = Health.unknown("Starting: the first check has not ended yet.");

    private final Supplier<Health> check;
    private final Executor pool;
    private final LongSupplier nanoTime;
    private final long limitNanos;
    private final long overdueNanos;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final CompletableFuture<Health> first = new CompletableFuture<>();
    private volatile @Nullable Health last;
    private volatile long startNanos;
    private volatile long endNanos;

    /**
     * @param check may take as long as it likes, on a thread of the pool
     * @param pool of one thread
     * @param limit after which a running check makes the answer DOWN
     * @param interval time between calls of {@link #refresh}
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    LastHealth(Supplier<Health> check, Executor pool, Duration limit, Duration interval, LongSupplier nanoTime) {
        this.check = check;
        this.pool = pool;
        this.nanoTime = nanoTime;
        this.limitNanos = limit.toNanos();
        this.overdueNanos = interval.multipliedBy(OVERDUE_INTERVALS).toNanos();
    }

    /** Starts a check and returns. While one is running, another one will follow it. */
    void refresh() {
        wanted.set(true);
        if (!running.compareAndSet(false, true)) {
            return;
        }
        startNanos = nanoTime.getAsLong();
        try {
            pool.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The application is being stopped.
            running.set(false);
        }
    }

    private void run() {
        try {
            while (wanted.getAndSet(false)) {
                startNanos = nanoTime.getAsLong();
                Health result = check.get();
                endNanos = nanoTime.getAsLong();
                last = result;
                first.complete(result);
            }
        } catch (RuntimeException | Error e) {
            MemoryFault.note(e);
            LOGGER.log(Level.WARNING, "The health check failed", e);
            Health failed = Health.unknown("The health check failed. The log has the reason.");
            endNanos = nanoTime.getAsLong();
            last = failed;
            first.complete(failed);
        } finally {
            running.set(false);
        }
    }

    /**
     * Completes at once, or before the first result after at most two seconds. No thread waits.
     */
    void answer(AsyncResponse response, String contentType) {
        Health current = current();
        if (current != null) {
            response.resume(current.answer(contentType));
            return;
        }
        response.setTimeoutHandler(waiting -> waiting.resume(STARTING.answer(contentType)));
        response.setTimeout(FIRST_RESULT_MILLIS, TimeUnit.MILLISECONDS);
        var unused = first.thenAccept(result -> response.resume(result.answer(contentType)));
    }

    /** Null before the first result. */
    @Nullable
    Health current() {
        Health known = last;
        long now = nanoTime.getAsLong();
        if (running.get()) {
            return now - startNanos > limitNanos ? LATE : known;
        }
        if (known != null && now - endNanos > overdueNanos) {
            // The timer is late or dead, which liveness reports and readiness does not.
            refresh();
        }
        return known;
    }
}
