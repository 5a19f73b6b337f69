package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * One String for each text that comes again and again: names, keys, short values. A table with a
 * place for each hash, which forgets a text now and then for another. Bounded by {@value #SLOTS}
 * texts of {@value #MAX_BYTES} bytes. Any number of threads may use one: what they write over is a
 * String that somebody has, and no text is ever wrong, since its bytes are compared.
 */
final class Texts {
    static final int MAX_BYTES = 64;

    private static final int SLOTS = 8192;
    /**
     * Texts that are seen once would push out those that come again: of those that find their place
     * taken, one in so many gets it.
     */
    private static final int REPLACE_ONE_IN = 16;

    private final @Nullable String[] slots = new String[SLOTS];
    private int taken;

    /**
     * The text of {@code body[from, to)}, which is UTF-8; what is not is replaced as {@link String}
     * replaces it.
     */
    String of(byte[] body, int from, int to) {
        int length = to - from;
        if (length > MAX_BYTES) {
            return new String(body, from, length, UTF_8);
        }
        int hash = length;
        int bits = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + body[i];
            bits |= body[i];
        }
        if (bits < 0) {
            // beyond ASCII, bytes are no characters to compare
            return new String(body, from, length, UTF_8);
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && equals(known, body, from, length)) {
            return known;
        }
        String text = new String(body, from, length, ISO_8859_1);
        if (known == null || ++taken % REPLACE_ONE_IN == 0) {
            slots[slot] = text;
        }
        return text;
    }

    private static boolean equals(String known, byte[] body, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != body[from + i]) {
                return false;
            }
        }
        return true;
    }
}
