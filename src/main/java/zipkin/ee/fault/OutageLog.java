package zipkin.ee.fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs outages of something: a warning when one begins, one a minute with a count while it lasts,
 * and a line when it ends. Stack traces are logged at DEBUG only. A short outage soon after another
 * one, both within ten seconds, is only counted. Thread safe.
 */
public final class OutageLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final String down;
    private final String up;
    private final LongSupplier nanoTime;

    /** Written under the lock; read without it, so that {@link #works} is cheap. */
    private volatile boolean gone;

    private boolean wasBack;
    private boolean logged;
    private long sinceNanos;
    private long backNanos;
    private long loggedNanos;
    private long unlogged;
    private long failures;

    /**
     * @param down how warnings begin, such as "The storage mysql does not work"
     * @param up how the line at the end begins, such as "The storage mysql works again"
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public OutageLog(Logger logger, String down, String up, LongSupplier nanoTime) {
        this.logger = logger;
        this.down = down;
        this.up = up;
        this.nanoTime = nanoTime;
    }

    /** Reports a failure. */
    public void failed(Throwable error) {
        String line = line(Reasons.of(error));
        if (line != null) {
            logger.log(Level.WARNING, line);
        }
        logger.log(Level.DEBUG, down, error);
    }

    /** Counts a failure and returns the warning that is due, or null. */
    private synchronized @Nullable String line(String reason) {
        long now = nanoTime.getAsLong();
        boolean again = wasBack && sinceBack(gone ? sinceNanos : now) < SHORT_NANOS;
        if (!gone) {
            gone = true;
            logged = false;
            sinceNanos = now;
            failures = 0;
        }
        failures++;
        boolean rare = logged || (again && now - sinceNanos < SHORT_NANOS);
        boolean due = !rare || now - loggedNanos >= PAUSE_NANOS;
        if (!due) {
            unlogged++;
            return null;
        }
        String line = down + ": " + reason + (unlogged == 0 ? "" : " (" + unlogged + " failures since the last line)");
        logged = true;
        loggedNanos = now;
        unlogged = 0;
        return line;
    }

    private long sinceBack(long nanos) {
        return nanos - backNanos;
    }

    /** Reports a success. */
    public void works() {
        if (!gone) {
            return;
        }
        String line;
        synchronized (this) {
            if (!gone) {
                return;
            }
            long now = nanoTime.getAsLong();
            gone = false;
            wasBack = true;
            backNanos = now;
            if (!logged) {
                return;
            }
            unlogged = 0;
            line = up + " after " + TimeUnit.NANOSECONDS.toSeconds(now - sinceNanos) + " s and " + failures
                    + " failures";
        }
        logger.log(Level.INFO, line);
    }

    /** Whether there is an outage. */
    public boolean isGone() {
        return gone;
    }
}
