package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * A position in JSON as tracers write it: without comments and unicode escapes, with whole numbers
 * and valid UTF-8. Methods throw {@link FastPathUnsupportedException} for everything else, and
 * {@link IndexOutOfBoundsException} at the end. Used by one thread.
 */
final class JsonCursor {
    private static final int MAX_DIGITS = 18;

    final byte[] body;
    private final MessageTexts texts;
    private int position;
    private int start;
    private int end;

    /** @param texts gets the texts */
    JsonCursor(byte[] body, MessageTexts texts) {
        this.body = body;
        this.texts = texts;
    }

    /** Skips white space and returns the position. */
    int position() {
        skipSpace();
        return position;
    }

    void moveTo(int place) {
        position = place;
    }

    /** Skips a character if it comes next. */
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

    /** Reads a key without escapes, {@code body[start(), end())}, and its colon. */
    void key() {
        word();
        expect(':');
    }

    /** Reads a string of ASCII without escapes, {@code body[start(), end())}. */
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

    /** Whether the last word is this one. */
    boolean isWord(byte[] ascii) {
        return ascii.length == end - start && TextHash.equals(body, start, ascii, 0, ascii.length);
    }

    /** Reads a string and returns its text. */
    int text() {
        return text(false);
    }

    /** Reads a string and returns its text in lower case; 0 when it is empty. */
    int lowerCaseText() {
        return text(true);
    }

    private int text(boolean lowerCase) {
        expect('"');
        int from = position;
        int to = JsonText.endOfPlainText(body, from);
        if (body[to] == '"') {
            position = to + 1;
            return lowerCase ? texts.lowerCase(from, to) : texts.ascii(from, to);
        }
        String decoded = unescape(from, JsonText.endOfString(body, from));
        return texts.add(lowerCase ? decoded.toLowerCase(Locale.ROOT) : decoded);
    }

    String string() {
        expect('"');
        return unescape(position, JsonText.endOfString(body, position));
    }

    /** Skips a string if it is equal to the bytes {@code body[from, from + length)}. */
    boolean takeString(int from, int length) {
        expect('"');
        int to = position + length;
        if (length == 0
                || to >= body.length
                || body[to] != '"'
                || !TextHash.equals(body, position, body, from, length)) {
            position--;
            return false;
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
     * Reads the string in {@code body[from, to)} and undoes its escapes. Malformed UTF-8 is not
     * supported, because decoders replace it differently.
     */
    private String unescape(int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = body[i];
            if (b >= 0 && b < ' ') {
                throw new FastPathUnsupportedException();
            }
            decoded[length++] = b == '\\' ? character(body[++i]) : b;
        }
        String text = new String(decoded, 0, length, UTF_8);
        if (body[to] != '"' || text.indexOf('\uFFFD') >= 0) {
            throw new FastPathUnsupportedException();
        }
        position = to + 1;
        return text;
    }

    private static byte character(byte letter) {
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
