package zipkin.ee.codec;

import java.util.Arrays;

/** Parses lower-case hex digits. */
final class Hex {
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < 16; i++) {
            VALUES[Character.forDigit(i, 16)] = (byte) i;
        }
    }

    private Hex() {}

    /**
     * Parses {@code body[from, to)}.
     *
     * @throws FastPathUnsupportedException unless it has 1 to 16 lower-case hex digits
     */
    static long number(byte[] body, int from, int to) {
        if (to - from > 16 || from >= to) {
            throw new FastPathUnsupportedException();
        }
        long number = 0;
        int wrong = 0;
        for (int i = from; i < to; i++) {
            int digit = VALUES[body[i] & 0xff];
            wrong |= digit;
            number = number << 4 | digit;
        }
        if (wrong < 0) {
            throw new FastPathUnsupportedException();
        }
        return number;
    }
}
