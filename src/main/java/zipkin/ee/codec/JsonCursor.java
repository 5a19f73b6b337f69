package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A place in a JSON text, as far as JSON is what tracers write: no comments, no unicode escapes, whole numbers, valid UTF-8. Whatever else comes is {@link
 * UnusualException}, and so is the end of the text ({@link IndexOutOfBoundsException}). Used by one thread.
 */
final class JsonCursor {
    private static final int MAX_DIGITS = 18;

    final byte[] body;
    private final Texts texts;
    private int position;

    JsonCursor(byte[] body, Texts texts) {
        this.body = body;
        this.texts = texts;
    }

    /** Where the next character is that is not white space. */
    int position() {
        skipSpace();
        return position;
    }

    void moveTo(int place) {
        position = place;
    }

    /** Takes {@code wanted} if it comes next. */
    boolean take(char wanted) {
        skipSpace();
        if (position < body.length && body[position] == wanted) {
            position++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw new UnusualException();
        }
    }

    void expectEnd() {
        skipSpace();
        if (position != body.length) {
            throw new UnusualException();
        }
    }

    /** A key with its colon. */
    String key() {
        String key = string();
        expect(':');
        return key;
    }

    String string() {
        expect('"');
        int from = position;
        int end = JsonText.endOfPlainText(body, from);
        if (body[end] != '"') {
            return unplain(from, JsonText.endOfString(body, from));
        }
        position = end + 1;
        return texts.of(body, from, end);
    }

    /** Whether the string that comes next is {@code text}; then it is taken. */
    boolean takeString(String text) {
        expect('"');
        int from = position--;
        int end = from + text.length();
        if (end >= body.length || body[end] != '"') {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (body[i] != text.charAt(i - from)) {
                return false;
            }
        }
        position = end + 1;
        return true;
    }

    long number() {
        skipSpace();
        int from = position;
        long number = 0;
        while (body[position] >= '0' && body[position] <= '9') {
            number = number * 10 + body[position++] - '0';
        }
        int digits = position - from;
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && body[from] == '0')) {
            throw new UnusualException();
        }
        return number;
    }

    boolean bool() {
        if (word("true")) {
            return true;
        }
        if (word("false")) {
            return false;
        }
        throw new UnusualException();
    }

    private boolean word(String word) {
        skipSpace();
        for (int i = 0; i < word.length(); i++) {
            if (body[position + i] != word.charAt(i)) {
                return false;
            }
        }
        position += word.length();
        return true;
    }

    private void skipSpace() {
        while (position < body.length
                && (body[position] == ' '
                        || body[position] == '\n'
                        || body[position] == '\r'
                        || body[position] == '\t')) {
            position++;
        }
    }

    /** With escapes or beyond ASCII. */
    private String unplain(int from, int end) {
        byte[] undone = new byte[end - from];
        int length = 0;
        for (int i = from; i < end; i++) {
            byte b = body[i];
            if (b >= 0 && b < ' ') {
                throw new UnusualException();
            }
            undone[length++] = b == '\\' ? unescaped(body[++i]) : b;
        }
        if (body[end] != '"') {
            throw new UnusualException();
        }
        String text = new String(undone, 0, length, UTF_8);
        if (text.indexOf('\uFFFD') >= 0) { // where it was no UTF-8, decoders differ in how often they say so
            throw new UnusualException();
        }
        position = end + 1;
        return text;
    }

    private static byte unescaped(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new UnusualException();
        };
    }
}
