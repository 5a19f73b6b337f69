package zipkin.ee.connector;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an exception with the same stack traces and messages that {@link LogText} made safe.
 */
final class LoggedError extends Throwable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 20;

    private final String text;

    private LoggedError(String text, @Nullable Throwable cause, StackTraceElement[] trace) {
        super(text, cause);
        this.text = text;
        setStackTrace(trace);
    }

    /** Returns the error itself if all its messages are safe. */
    static Throwable of(Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return isSafe(error, seen) ? error : copy(error, MAX_CAUSES);
    }

    private static boolean isSafe(@Nullable Throwable error, Set<Throwable> seen) {
        if (error == null || !seen.add(error)) {
            return true;
        }
        if (!LogText.line(error.toString()).equals(error.toString()) || !isSafe(error.getCause(), seen)) {
            return false;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (!isSafe(suppressed, seen)) {
                return false;
            }
        }
        return true;
    }

    private static LoggedError copy(Throwable error, int causes) {
        Throwable cause = error.getCause();
        LoggedError copy = new LoggedError(
                LogText.line(error.toString()),
                cause == null || causes == 0 ? null : copy(cause, causes - 1),
                error.getStackTrace());
        if (causes > 0) {
            for (Throwable suppressed : error.getSuppressed()) {
                copy.addSuppressed(copy(suppressed, 0));
            }
        }
        return copy;
    }

    /** Stack traces begin with this text, so it names the original's class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }
}
