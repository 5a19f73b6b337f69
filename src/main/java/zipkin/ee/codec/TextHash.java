package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes of texts and numbers for tables whose keys clients choose. They have a random seed per
 * process, so that nobody can construct collisions.
 */
public final class TextHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private TextHash() {}

    /** Hashes {@code bytes[from, to)}. */
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
     * Hashes the UTF-16 units of a text, so that texts with lone surrogates, whose UTF-8 is the
     * same, have different hashes. Differs from the hash of the bytes.
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

    /** Hashes a number without collisions. Each bit of the result depends on all bits. */
    public static long of(long number) {
        return mix(SEED ^ number);
    }

    /**
     * Whether {@code length} bytes are equal. Faster than {@code Arrays.equals} for short texts.
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

    /** Combines two hashes; their order matters. */
    public static int of(int first, int second) {
        return (int) mix(SEED ^ ((long) first << 32 | (second & 0xffff_ffffL)));
    }

    /** Combines a number and a hash. */
    public static int of(long number, int hash) {
        return (int) mix(mix(SEED ^ number) ^ hash);
    }

    /** Returns one to seven bytes as a number. */
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

    /** The lower half of the result depends on all bits and must not be folded again. */
    private static long mix(long value) {
        long mixed = value * MULTIPLIER;
        mixed ^= mixed >>> 29;
        mixed *= 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 32;
    }

    /** Whether all of {@code bytes[from, to)} are ASCII. */
    public static boolean isAscii(byte[] bytes, int from, int to) {
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

    /** Whether all bytes are ASCII without capital letters. */
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
