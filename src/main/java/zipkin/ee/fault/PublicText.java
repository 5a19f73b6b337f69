package zipkin.ee.fault;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.LogText;

/**
 * Texts about errors that any client may see. A {@link PublicReason} is quoted; of all other errors
 * clients only learn that they happened.
 */
public final class PublicText {
    private static final int MAX_CHARS = 300;
    private static final int MAX_CAUSES = 50;
    private static final String HIDDEN = "…";

    /** Paths of Zipkin EE's own files, which are not hidden. */
    private static final Pattern OURS = Pattern.compile("(docs|server-config|schema)/[\\w./-]+");

    private static final Pattern ADDRESS = Pattern.compile("[\\w+.:-]+://[^\\s,;\"')]+"
            + "|\\[?[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}]?(:\\d+)?"
            + "|[\\w.-]*\\w/<?[\\w.:-]+>?:\\d+"
            + "|/?[\\w.-]*\\w:\\d{2,5}\\b"
            + "|\\b(?=[\\w.-]*[A-Za-z])[\\w-]+(\\.[\\w-]+)+(/[\\w./-]*)?"
            + "|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b"
            + "|(?<![\\w.])/[\\w.-]+(/[\\w.-]+)+");
    private static final Pattern CLASS = Pattern.compile("\\b\\w*[a-z](Exception|Error)\\b:?");

    private PublicText() {}

    /** One sentence about an error. */
    public static String of(Throwable error) {
        PublicReason reason = find(error);
        if (reason != null) {
            return masked(reason.publicReason());
        }
        return isTemporary(error)
                ? "A server that is needed does not answer. The log has the reason."
                : "It failed unexpectedly. The log has the reason.";
    }

    /** Replaces addresses and class names in a text that was written for operators. */
    public static String masked(String text) {
        StringBuilder result = new StringBuilder();
        var ours = OURS.matcher(text);
        int from = 0;
        while (ours.find()) {
            result.append(hide(text.substring(from, ours.start()))).append(ours.group());
            from = ours.end();
        }
        result.append(hide(text.substring(from)));
        return LogText.line(result.toString(), MAX_CHARS);
    }

    private static String hide(String text) {
        return CLASS.matcher(ADDRESS.matcher(text).replaceAll(HIDDEN)).replaceAll(HIDDEN);
    }

    /** Whether a retry may succeed: a server that is needed does not answer or is overloaded. */
    public static boolean isTemporary(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof Unavailable
                    || cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof TimeoutException
                    || cause instanceof RejectedExecutionException
                    || (cause instanceof SQLException sql && isConnectionLoss(sql))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isConnectionLoss(SQLException error) {
        String state = error.getSQLState();
        return error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException
                || (state != null && state.startsWith("08"));
    }

    /** Six random characters that identify an error both in an answer and in the log. */
    public static String reference() {
        return String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24));
    }

    private static @Nullable PublicReason find(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof PublicReason reason) {
                return reason;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
