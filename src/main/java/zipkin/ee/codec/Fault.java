package zipkin.ee.codec;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * Why and where a list of spans cannot be read.
 *
 * @param span counted from 0, as in the reference's JSON paths; {@link #LIST} when it is the list
 *     itself
 * @param field path of the field in the span, or null when the span as a whole is meant
 * @param problem what is wrong, as the rest of a sentence
 * @param value as it is in the message, or null when there is none to show
 */
record Fault(
        int span,
        @Nullable String field,
        String problem,
        @Nullable String value) {
    static final int LIST = -1;

    /** Characters of a text that is shown. */
    static final int MAX_VALUE = 64;

    /** Characters of what a client is told. */
    static final int MAX_TEXT = 300;

    /** One line. */
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
     * One line of at most {@code max} characters: control characters and lone surrogates are
     * escaped, what is too much is cut.
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

    /** Why zipkin2 refuses one span that is written alone; null when it does not. */
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
