package zipkin.ee.fault;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of something that may be out of order: one warning when it goes, one a minute with a
 * count while it is gone, one line when it is back. Stack traces are logged at DEBUG only. What
 * goes again within ten seconds after it was back, and comes back within another ten, is counted
 * only. Thread safe.
 */
public final class OutageLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final String down;
    private final String up;
    private final LongSupplier nanoTime;

    /** Written under the lock; read without it by what works all the time. */
    private volatile boolean gone;

    private boolean wasBack;
    private boolean logged;
    private long sinceNanos;
    private long backNanos;
    private long loggedNanos;
    private long unlogged;
    private long failures;

    /**
     * @param down begins the warnings, as in "The storage mysql does not work"
     * @param up begins the line when it is back, as in "The storage mysql works again"
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public OutageLog(Logger logger, String down, String up, LongSupplier nanoTime) {
        this.logger = logger;
        this.down = down;
        this.up = up;
        this.nanoTime = nanoTime;
    }

    /** It failed, because it is out of order. */
    public void failed(Throwable error) {
        String line = line(Reasons.of(error));
        if (line != null) {
            logger.log(Level.WARNING, line);
        }
        logger.log(Level.DEBUG, down, error);
    }

    /** The warning that is due; null when there is none. */
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

    /** It works. Costs nothing while it does. */
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

    /** Whether it failed last. */
    public boolean isGone() {
        return gone;
    }
}
