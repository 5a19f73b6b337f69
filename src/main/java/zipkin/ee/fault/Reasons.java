package zipkin.ee.fault;

import zipkin.ee.text.LogText;

/**
 * Texts of others as a part of one line of the log: short, and nothing in them can begin a line of
 * its own.
 */
public final class Reasons {
    private static final int MAX_CHARS = 300;
    private static final int MAX_CAUSES = 50;

    private Reasons() {}

    /** What an error says, and what its innermost cause says where that is something else. */
    public static String of(Throwable error) {
        Throwable root = error;
        for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
            root = root.getCause();
        }
        String outer = message(error);
        String inner = message(root);
        return LogText.line(outer.contains(inner) ? outer : outer + " Cause: " + inner, MAX_CHARS);
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").strip();
    }
}
