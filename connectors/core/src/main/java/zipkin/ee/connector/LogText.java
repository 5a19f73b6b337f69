package zipkin.ee.connector;

import org.jspecify.annotations.Nullable;

/**
 * Turns any text into one safe line of a log: of bounded length, without secrets, and without
 * characters that could forge a line, move a terminal's cursor or change the writing direction.
 */
public final class LogText {
    private static final int MAX_LENGTH = 4000;

    private LogText() {}

    /** Returns at most 4,000 characters of the text, with control characters escaped. */
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
            // FORMAT includes direction overrides; SURROGATE is half a pair.
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
