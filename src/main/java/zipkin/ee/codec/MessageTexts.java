package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;

/**
 * The texts of one message, numbered from 1: where their UTF-8 bytes are and their hashes. Most are
 * left in the message; those that had escapes or capital letters are kept in a second array. Used
 * by one thread.
 */
public final class MessageTexts {
    private static final int TEXT = 3;
    private static final int KEPT = 1 << 14;

    private byte[] body = new byte[0];
    private byte[] decoded = new byte[256];
    private int decodedLength;
    private int count;
    /** By text: offset in the body, or the complement of the offset in decoded; length; hash. */
    private int[] texts = new int[128 * TEXT];

    void begin(byte[] message) {
        body = message;
        count = decodedLength = 0;
    }

    /** Frees the message, and what has grown for an unusual one. */
    void release() {
        begin(new byte[0]);
        if (texts.length > KEPT * TEXT) {
            texts = new int[128 * TEXT];
        }
        if (decoded.length > KEPT) {
            decoded = new byte[256];
        }
    }

    /** Adds {@code body[from, to)}, which has to be ASCII. */
    public int ascii(int from, int to) {
        return add(from, to - from, TextHash.of(body, from, to));
    }

    /**
     * Adds {@code body[from, to)}, which may be empty. Malformed UTF-8 is replaced as
     * {@link String} replaces it.
     */
    public int utf8(int from, int to) {
        if (TextHash.isAscii(body, from, to)) {
            return ascii(from, to);
        }
        String text = new String(body, from, to - from, UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? add(text) : ascii(from, to);
    }

    /** Adds {@code body[from, to)} in lower case; 0 when it is empty. */
    public int lowerCase(int from, int to) {
        if (from == to) {
            return 0;
        }
        return TextHash.isLowerAscii(body, from, to)
                ? ascii(from, to)
                : add(new String(body, from, to - from, UTF_8).toLowerCase(Locale.ROOT));
    }

    /** Adds a text that is not in the message as it is. */
    public int add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int from = decodedLength;
        if (from + bytes.length > decoded.length) {
            decoded = Arrays.copyOf(decoded, Math.max(2 * decoded.length, from + bytes.length));
        }
        System.arraycopy(bytes, 0, decoded, from, bytes.length);
        decodedLength += bytes.length;
        return add(~from, bytes.length, TextHash.of(bytes, 0, bytes.length));
    }

    private int add(int from, int length, int hash) {
        int at = count * TEXT;
        if (at == texts.length) {
            texts = Arrays.copyOf(texts, 2 * at);
        }
        texts[at] = from;
        texts[at + 1] = length;
        texts[at + 2] = hash;
        return ++count;
    }

    /** The array that holds a text. */
    byte[] bytes(int text) {
        return texts[(text - 1) * TEXT] < 0 ? decoded : body;
    }

    /** Where a text begins in {@link #bytes}. */
    int from(int text) {
        int from = texts[(text - 1) * TEXT];
        return from < 0 ? ~from : from;
    }

    /** Length of a text in bytes. */
    public int length(int text) {
        return texts[(text - 1) * TEXT + 1];
    }

    /** {@link TextHash} of the bytes of a text. */
    public int hash(int text) {
        return texts[(text - 1) * TEXT + 2];
    }

    /** Whether a text has these bytes. */
    public boolean is(int text, byte[] utf8) {
        return length(text) == utf8.length && TextHash.equals(bytes(text), from(text), utf8, 0, utf8.length);
    }

    boolean equal(int left, int right) {
        int length = length(left);
        return length == length(right) && TextHash.equals(bytes(left), from(left), bytes(right), from(right), length);
    }

    /** A text as a String. */
    public String string(int text) {
        return new String(bytes(text), from(text), length(text), UTF_8);
    }

    /** Bytes of all texts, at most. */
    public long totalBytes() {
        return (long) body.length + decodedLength;
    }
}
