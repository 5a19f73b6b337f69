package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A cache of Strings for texts that many messages have: names, keys, short values. It has
 * {@value #SLOTS} slots, by hash, for texts of up to {@value #MAX_BYTES} bytes. Safe for many
 * threads without locks: a slot holds any String or none, and each is compared before it is used.
 */
final class Texts {
    static final int MAX_BYTES = 64;

    private static final int SLOTS = 8192;
    /** How many texts compete for a taken slot until one gets it, since most are seen only once. */
    private static final int REPLACE_ONE_IN = 16;

    private final @Nullable String[] slots = new String[SLOTS];
    private int taken;

    /**
     * Returns {@code body[from, to)}. Malformed UTF-8 is replaced as {@link String} replaces it.
     */
    String of(byte[] body, int from, int to, int hash) {
        int length = to - from;
        if (length > MAX_BYTES || !TextHash.isAscii(body, from, to)) {
            return new String(body, from, length, UTF_8);
        }
        int slot = hash & (SLOTS - 1);
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
