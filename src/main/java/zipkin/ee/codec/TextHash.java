package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes of texts and of numbers, seeded so that nobody can choose ones that fall together. The
 * same in one process alone. For all tables whose keys clients choose.
 */
public final class TextHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private TextHash() {}

    /** Of {@code bytes[from, to)}. */
    public static int of(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = SEED ^ length * MULTIPLIER;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i));
        }
        if (i < to) {
            hash = mix(hash ^ tail(bytes, i, to));
        }
        return (int) hash;
    }

    /**
     * Of a text by its UTF-16 units, so that texts with half a pair of surrogates, which no bytes
     * tell apart, have different ones. Not the same as that of its bytes.
     */
    public static int of(String text) {
        int length = text.length();
        long hash = SEED ^ length * MULTIPLIER;
        long units = 0;
        for (int i = 0; i < length; i++) {
            units = units << Character.SIZE | text.charAt(i);
            if ((i & 3) == 3) {
                hash = mix(hash ^ units);
                units = 0;
            }
        }
        return (int) mix(hash ^ units);
    }

    /**
     * A number that is another for each number, and any of whose bits depends on all bits of that.
     */
    public static long of(long number) {
        return mix(SEED ^ number);
    }

    /**
     * Whether {@code length} bytes are the same. Texts are short: what the JDK does for longer
     * arrays first takes as long.
     */
    public static boolean equals(byte[] left, int leftFrom, byte[] right, int rightFrom, int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if ((long) LONGS.get(left, leftFrom + i) != (long) LONGS.get(right, rightFrom + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (left[leftFrom + i] != right[rightFrom + i]) {
                return false;
            }
        }
        return true;
    }

    /** Of two hashes, in this order. */
    public static int of(int first, int second) {
        return (int) mix(SEED ^ ((long) first << 32 | (second & 0xffff_ffffL)));
    }

    /** Of a number and a hash. */
    public static int of(long number, int hash) {
        return (int) mix(mix(SEED ^ number) ^ hash);
    }

    /** Up to seven bytes as a number. */
    private static long tail(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length >= Integer.BYTES) {
            long first = (int) INTS.get(bytes, from) & 0xffff_ffffL;
            long last = (int) INTS.get(bytes, to - Integer.BYTES) & 0xffff_ffffL;
            return first | last << 32;
        }
        long value = bytes[from] & 0xff;
        value |= (bytes[from + (length >> 1)] & 0xffL) << 8;
        return value | (bytes[to - 1] & 0xffL) << 16;
    }

    /**
     * Its lower half holds the upper one too: folding it again would let the upper three bits of
     * the value get lost.
     */
    private static long mix(long value) {
        long mixed = value * MULTIPLIER;
        mixed ^= mixed >>> 29;
        mixed *= 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 32;
    }

    static boolean isAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        int bits = 0;
        for (; i < to; i++) {
            bits |= bytes[i];
        }
        return bits >= 0;
    }

    /** Whether all is ASCII without a capital letter. */
    static boolean isLowerAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            // In each byte below 128 the high bit is set by the first sum from 'A' on, by the
            // second from 'Z' + 1 on.
            long low = word & ~HIGH_BITS;
            long capitals = (low + ONES * (128 - 'A')) & ~(low + ONES * (127 - 'Z')) & HIGH_BITS;
            if (((word & HIGH_BITS) | capitals) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            byte letter = bytes[i];
            if (letter < 0 || (letter >= 'A' && letter <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
