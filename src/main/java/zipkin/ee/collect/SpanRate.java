package zipkin.ee.collect;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket of one second: so many spans in a second, and what one second leaves may be taken
 * at once in the next. Any number of threads may take from it without a lock.
 */
final class SpanRate {
    static final SpanRate UNLIMITED = new SpanRate(0, System::nanoTime);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long spansPerSecond;
    private final LongSupplier nanoTime;
    private final long startNanos;
    /** How many of all tokens since the start are gone: taken, or lost to a full bucket. */
    private final AtomicLong taken;

    /**
     * @param spansPerSecond 0 for no bound
     */
    SpanRate(int spansPerSecond, LongSupplier nanoTime) {
        this.spansPerSecond = spansPerSecond;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.taken = new AtomicLong(-spansPerSecond);
    }

    boolean isUnlimited() {
        return spansPerSecond == 0;
    }

    /** Takes one span; false when there is none. */
    boolean take() {
        if (isUnlimited()) {
            return true;
        }
        long elapsedNanos = nanoTime.getAsLong() - startNanos;
        long refilled = elapsedNanos / SECOND_NANOS * spansPerSecond
                + elapsedNanos % SECOND_NANOS * spansPerSecond / SECOND_NANOS;
        while (true) {
            long before = taken.get();
            long fuller = Math.max(before, refilled - spansPerSecond);
            if (fuller >= refilled) {
                return false;
            }
            if (taken.compareAndSet(before, fuller + 1)) {
                return true;
            }
        }
    }
}
