package zipkin.ee.connector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs messages that can't be read, with why and where they went: one line each, but at most ten a
 * minute; the next line says how many were left out. A line has at most 300 characters, whatever
 * the message holds. Thread safe.
 */
public final class DeadLetterLog {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int LINES_PER_WINDOW = 10;
    private static final int MAX_CHARS = 300;
    /** Room for the place of a record of Kinesis, whose number has 56 digits. */
    private static final int MAX_TARGET_CHARS = 140;

    private final Logger logger;
    private final String transport;
    private final LongSupplier nanoTime;
    private long windowNanos;
    private int lines;
    private long between;

    /**
     * @param transport its label
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public DeadLetterLog(Logger logger, String transport, LongSupplier nanoTime) {
        this.logger = logger;
        this.transport = transport;
        this.nanoTime = nanoTime;
    }

    /**
     * @param target where it went, as in "is in the queue zipkin.dlq" or "is dropped"
     * @param reason why it can't be read
     */
    public void add(String target, String reason) {
        long before;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (lines == 0 || now - windowNanos >= WINDOW_NANOS) {
                windowNanos = now;
                lines = 0;
            }
            if (lines == LINES_PER_WINDOW) {
                between++;
                return;
            }
            lines++;
            before = between;
            between = 0;
        }
        String text = transport + ": a message that can't be read " + LogText.line(target, MAX_TARGET_CHARS)
                + (before == 0 ? "" : ", like " + before + " before it") + ": " + reason;
        logger.log(Level.WARNING, LogText.line(text, MAX_CHARS));
    }
}
