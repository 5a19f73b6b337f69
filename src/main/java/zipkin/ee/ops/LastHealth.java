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
 * The result of the last check. Checks run one at a time on another thread, so requests are
 * answered at once and cost nothing. Thread safe.
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
     * @param check may block
     * @param pool a pool of one thread
     * @param limit how long a check may run before the answer is DOWN
     * @param interval how often {@link #refresh} is called
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    LastHealth(Supplier<Health> check, Executor pool, Duration limit, Duration interval, LongSupplier nanoTime) {
        this.check = check;
        this.pool = pool;
        this.nanoTime = nanoTime;
        this.limitNanos = limit.toNanos();
        this.overdueNanos = interval.multipliedBy(OVERDUE_INTERVALS).toNanos();
    }

    /** Starts a check, after the running one if there is any, and returns. */
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

    /** Answers at once, or before the first result within two seconds. Never blocks. */
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

    /** Returns null before the first result. */
    @Nullable
    Health current() {
        Health known = last;
        long now = nanoTime.getAsLong();
        if (running.get()) {
            return now - startNanos > limitNanos ? LATE : known;
        }
        if (known != null && now - endNanos > overdueNanos) {
            // The timer is late. Liveness reports that, not readiness.
            refresh();
        }
        return known;
    }
}
