package zipkin.ee.codec;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Why a list of spans cannot be read, and where.
 *
 * @param span index from 0, as in the reference's JSON paths, or {@link #LIST}
 * @param field path of the field in the span, or null for the span as a whole
 * @param problem the rest of a sentence that begins with the field
 * @param value the value in the message, or null
 */
record Fault(
        int span,
        @Nullable String field,
        String problem,
        @Nullable String value) {
    static final int LIST = -1;

    /** Characters of a value or path that are shown. */
    static final int MAX_VALUE = 64;

    /** Characters of the whole text. */
    static final int MAX_TEXT = 300;

    /** Returns one line for the client. */
    String text() {
        StringBuilder text = new StringBuilder("Cannot read ");
        if (span == LIST) {
            text.append("the list of spans: ");
        } else {
            text.append("span ").append(span).append(": ");
        }
        if (field != null) {
            text.append('"').append(shown(field)).append("\" ");
        } else {
            text.append("it ");
        }
        text.append(problem);
        if (value != null) {
            text.append(": ").append(shown(value));
        }
        return line(text + (span == LIST ? "" : " (spans are counted from 0)"), MAX_TEXT);
    }

    /** At most {@link #MAX_VALUE} characters, without control characters. */
    static String shown(String value) {
        return line(value, MAX_VALUE);
    }

    /**
     * Escapes control characters and lone surrogates and cuts the text to {@code max} characters.
     */
    static String line(String text, int max) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            String next = isUnprintable(character)
                    ? String.format("\\u%04x", character)
                    : text.substring(i, i + Character.charCount(character));
            i += Character.charCount(character);
            boolean isLast = i == text.length();
            if (line.length() + next.length() + (isLast ? 0 : 1) > max) {
                return line.append('…').toString();
            }
            line.append(next);
        }
        return line.toString();
    }

    private static boolean isUnprintable(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE
                || Character.getType(character) == Character.FORMAT
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }

    /** Returns why zipkin2 refuses a single span, or null if it does not. */
    static @Nullable String refusal(byte[] span, Encoding encoding) {
        try {
            encoding.decoder().decode(span, new ArrayList<Span>());
            return null;
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage());
            int end = reason.indexOf(" reading ");
            return end < 0 ? reason : reason.substring(0, end);
        }
    }
}
