package zipkin.ee.transport.scribe;

import java.util.Arrays;

/**
 * Decodes Base64 in place, and reads what {@link java.util.Base64#getMimeDecoder()} reads:
 * characters of another alphabet are passed over. Unlike that decoder it makes no objects, and no
 * exception for wrong input, of which a frame may hold a lot.
 */
final class MimeBase64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = new byte[256];
    private static final int UNIT = 4;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private MimeBase64() {}

    /**
     * Decodes {@code bytes[from, to)} to {@code at} and what follows.
     *
     * @param at where the decoded bytes go, not after {@code from}
     * @return where they end, or -1 if this is not Base64
     */
    static int decode(byte[] bytes, int from, int to, int at) {
        int bits = 0;
        int characters = 0;
        int position = from;
        int end = at;
        while (position < to && bytes[position] != '=') {
            int value = VALUES[bytes[position++] & 0xff];
            if (value < 0) {
                continue;
            }
            bits = bits << 6 | value;
            if (++characters == UNIT) {
                bytes[end++] = (byte) (bits >> 16);
                bytes[end++] = (byte) (bits >> 8);
                bytes[end++] = (byte) bits;
                bits = characters = 0;
            }
        }
        if (position < to && !isPadding(bytes, position, to, characters)) {
            return -1;
        }
        switch (characters) {
            case 0 -> {}
            case 2 -> bytes[end++] = (byte) (bits >> 4);
            case 3 -> {
                bytes[end++] = (byte) (bits >> 10);
                bytes[end++] = (byte) (bits >> 2);
            }
            default -> {
                return -1;
            }
        }
        return end;
    }

    /**
     * Whether the rest, which begins with an equals sign, may follow so many characters of a unit.
     */
    private static boolean isPadding(byte[] bytes, int position, int to, int characters) {
        if (characters == 0 || (characters == 2 && (position + 1 == to || bytes[position + 1] != '='))) {
            return false;
        }
        for (int i = position + 1; i < to; i++) {
            if (VALUES[bytes[i] & 0xff] >= 0) {
                return false;
            }
        }
        return true;
    }
}
