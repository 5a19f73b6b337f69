package zipkin.ee.connector;

import org.jspecify.annotations.Nullable;

/**
 * Makes a text one line of a log: what comes from input can't forge a line, move a terminal's
 * cursor or turn the direction of writing, and is of bounded length. Secrets are taken out of it
 * too.
 */
public final class LogText {
    private static final int MAX_LENGTH = 4000;

    private LogText() {}

    /** The text in one line, such as {@code a\nb} for two; at most 4,000 characters of it. */
    public static String line(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        if (text.length() <= MAX_LENGTH) {
            return escape(SecretMask.freeText(text));
        }
        return escape(SecretMask.freeText(text.substring(0, MAX_LENGTH))) + "… (" + text.length() + " characters)";
    }

    /** The text in one line of at most so many characters. */
    public static String line(String text, int maxChars) {
        String line = line(text);
        return line.length() <= maxChars ? line : line.substring(0, Math.max(0, maxChars - 1)) + "…";
    }

    private static String escape(String text) {
        if (text.codePoints().allMatch(LogText::isPrintable)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> append(escaped, codePoint));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int codePoint) {
        if (isPrintable(codePoint)) {
            escaped.appendCodePoint(codePoint);
            return;
        }
        switch (codePoint) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append(String.format(codePoint > 0xFFFF ? "\\u{%x}" : "\\u%04x", codePoint));
        }
    }

    private static boolean isPrintable(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint >= ' ';
        }
        return switch (Character.getType(codePoint)) {
            // FORMAT holds the overrides of direction, SURROGATE the halves that stand alone.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
