package zipkin.ee.connector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs messages that cannot be read, or some of whose spans cannot, with the reason: one line each
 * of at most 300 characters, at most ten a minute. The next line says how many were skipped. Thread
 * safe.
 */
public final class DeadLetterLog {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int LINES_PER_WINDOW = 10;
    private static final int MAX_CHARS = 300;
    /** Enough for a record of Kinesis, whose sequence number has 56 digits. */
    private static final int MAX_TARGET_CHARS = 140;

    private final Logger logger;
    private final String transport;
    private final LongSupplier nanoTime;
    private long windowNanos;
    private int lines;
    private long between;

    /**
     * @param transport the label of the transport
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public DeadLetterLog(Logger logger, String transport, LongSupplier nanoTime) {
        this.logger = logger;
        this.transport = transport;
        this.nanoTime = nanoTime;
    }

    /**
     * @param target where the message went, such as "is in the queue zipkin.dlq" or "is dropped"
     * @param reason why it cannot be read
     */
    public void add(String target, String reason) {
        log("a message that can't be read " + LogText.line(target, MAX_TARGET_CHARS), reason);
    }

    /**
     * @param reason which spans of a message were left out, and why; its others are stored
     */
    public void addPartial(String reason) {
        log("a message is stored in part", reason);
    }

    private void log(String event, String reason) {
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
        String text = transport + ": " + event + (before == 0 ? "" : ", like " + before + " before it") + ": " + reason;
        logger.log(Level.WARNING, LogText.line(text, MAX_CHARS));
    }
}
