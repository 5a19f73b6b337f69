package zipkin.ee.fault;

import zipkin.ee.text.LogText;

/** Foreign texts as part of one line of the log: short and without line breaks. */
public final class Reasons {
    private static final int MAX_CHARS = 300;
    private static final int MAX_CAUSES = 50;

    private Reasons() {}

    /** The message of an error, and that of its innermost cause unless it is the same. */
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
