package zipkin.ee.storage.forward;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import zipkin.ee.codec.otlp.OtlpAnswers;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.text.LogText;
import zipkin.ee.text.SafeLogger;

/**
 * Counts spans that the other server has refused while it took the others of their message, and
 * logs why: at most one line a minute, of at most 500 characters. Thread safe.
 */
final class PartialSuccesses {
    private static final Logger LOGGER = SafeLogger.of(PartialSuccesses.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_LINE = 500;

    private final Logger logger;
    private final LongSupplier nanoTime;
    private long refused;
    private long unlogged;
    private boolean logged;
    private long loggedNanos;

    PartialSuccesses() {
        this(LOGGER, System::nanoTime);
    }

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    PartialSuccesses(Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    void add(OtlpAnswers.PartialSuccess answer) {
        if (answer.refused() == 0 && answer.text().isEmpty()) {
            return;
        }
        long count;
        synchronized (this) {
            refused += answer.refused();
            unlogged += answer.refused();
            long now = nanoTime.getAsLong();
            if (logged && now - loggedNanos < PAUSE_NANOS) {
                return;
            }
            logged = true;
            loggedNanos = now;
            count = unlogged;
            unlogged = 0;
        }
        String line = count == 0
                ? "The server to which spans are forwarded has taken all of them, and says: "
                : "The server to which spans are forwarded has refused " + count + " of them, which are lost to it: ";
        logger.log(Level.WARNING, LogText.line(line + answer.text(), MAX_LINE));
    }

    /** For /health and /metrics. */
    synchronized BackgroundTask.Report report() {
        return new BackgroundTask.Report(refused + " spans were refused one by one").with("spans", refused);
    }
}
