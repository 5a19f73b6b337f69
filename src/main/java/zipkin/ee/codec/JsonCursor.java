package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * A place in a JSON text, as far as JSON is what tracers write: no comments, no unicode escapes,
 * whole numbers, valid UTF-8. Whatever else comes is {@link FastPathUnsupportedException}, and so
 * is the end of the text ({@link IndexOutOfBoundsException}). Used by one thread.
 */
final class JsonCursor {
    private static final int MAX_DIGITS = 18;

    final byte[] body;
    private final SpanColumns texts;
    private int position;
    private int start;
    private int end;

    /**
     * @param texts where texts go
     */
    JsonCursor(byte[] body, SpanColumns texts) {
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
        if (position < body.length && body[position] == wanted) {
            position++;
            return true;
        }
        skipSpace();
        if (position < body.length && body[position] == wanted) {
            position++;
            return true;
        }
        return false;
    }

    void expect(char wanted) {
        if (!take(wanted)) {
            throw new FastPathUnsupportedException();
        }
    }

    void expectEnd() {
        skipSpace();
        if (position != body.length) {
            throw new FastPathUnsupportedException();
        }
    }

    /** Takes a key that is a word, and its colon: {@code body[start(), end())}. */
    void key() {
        word();
        expect(':');
    }

    /** Takes a string of ASCII without escapes: {@code body[start(), end())}. */
    void word() {
        expect('"');
        start = position;
        end = JsonText.endOfPlainText(body, start);
        if (body[end] != '"') {
            throw new FastPathUnsupportedException();
        }
        position = end + 1;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether the word that was taken last is this one. */
    boolean isWord(byte[] ascii) {
        if (ascii.length != end - start) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (body[start + i] != ascii[i]) {
                return false;
            }
        }
        return true;
    }

    /** Any string, as a text. */
    int text() {
        return text(false);
    }

    /** Any string in lower case, as a text; 0 when it is empty. */
    int lowerCaseText() {
        return text(true);
    }

    private int text(boolean lowerCase) {
        expect('"');
        int from = position;
        int to = JsonText.endOfPlainText(body, from);
        if (body[to] == '"') {
            position = to + 1;
            return lowerCase ? texts.lowerCaseText(from, to) : texts.asciiText(from, to);
        }
        String undone = undone(from, JsonText.endOfString(body, from));
        return texts.text(lowerCase ? undone.toLowerCase(Locale.ROOT) : undone);
    }

    /** Any string. */
    String string() {
        expect('"');
        return undone(position, JsonText.endOfString(body, position));
    }

    /**
     * Whether the string that comes next is written as {@code body[from, from + length)}; then it
     * is taken.
     */
    boolean takeString(int from, int length) {
        expect('"');
        int to = position + length;
        if (length == 0 || to >= body.length || body[to] != '"') {
            position--;
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (body[position + i] != body[from + i]) {
                position--;
                return false;
            }
        }
        position = to + 1;
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
            throw new FastPathUnsupportedException();
        }
        return number;
    }

    boolean bool() {
        if (isNext("true")) {
            return true;
        }
        if (isNext("false")) {
            return false;
        }
        throw new FastPathUnsupportedException();
    }

    private boolean isNext(String word) {
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

    /**
     * Takes the string in {@code body[from, to)}. Where it was no UTF-8, decoders differ in how
     * often they say so.
     */
    private String undone(int from, int to) {
        byte[] undone = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = body[i];
            if (b >= 0 && b < ' ') {
                throw new FastPathUnsupportedException();
            }
            undone[length++] = b == '\\' ? unescaped(body[++i]) : b;
        }
        String text = new String(undone, 0, length, UTF_8);
        if (body[to] != '"' || text.indexOf('\uFFFD') >= 0) {
            throw new FastPathUnsupportedException();
        }
        position = to + 1;
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
            default -> throw new FastPathUnsupportedException();
        };
    }
}
