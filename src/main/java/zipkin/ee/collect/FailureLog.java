package zipkin.ee.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs failed writes, at most one in five seconds with its cause as a warning, since a storage that is down refuses every message. The
 * next warning says how many there were between. Thread safe.
 */
final class FailureLog {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Logger logger;
    private final LongSupplier nanoTime;
    private final AtomicLong nextNanos;
    private final AtomicLong untold = new AtomicLong();

    /**
     * @param nanoTime as {@link System#nanoTime()}
     */
    FailureLog(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
        this.nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    void failed(int spans, String transport, Throwable error) {
        String text = "Cannot store " + spans + " spans of a message from " + transport
                + "; its sender was told to try later";
        long now = nanoTime.getAsLong();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            untold.incrementAndGet();
            logger.log(Level.DEBUG, text, error);
            return;
        }
        long between = untold.getAndSet(0);
        logger.log(Level.WARNING, between == 0 ? text : text + ", like " + between + " before it", error);
    }
}
