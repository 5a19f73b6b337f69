package zipkin.ee.codec;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Counts the distinct service names of one span: a set of hash bits, which never counts a name
 * twice and, up to {@link #CAPACITY}, misses few. The hash is seeded so that nobody can choose
 * names that fall on one bit.
 */
final class ServiceNames {
    static final int CAPACITY = 256;

    private static final int BITS = 4 * CAPACITY;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(BITS);
    private static final long SEED = new SecureRandom().nextLong();
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private final long[] bits = new long[BITS / Long.SIZE];
    private int count;

    void clear() {
        if (count > 0) {
            Arrays.fill(bits, 0);
            count = 0;
        }
    }

    /** Adds the name in {@code body[from, to)} and returns how many there are. */
    int add(byte[] body, int from, int to) {
        long hash = SEED;
        for (int i = from; i < to; i++) {
            hash = (hash ^ body[i]) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        int bit = (int) ((hash * MULTIPLIER) >>> SHIFT);
        long mask = 1L << bit;
        if ((bits[bit / Long.SIZE] & mask) == 0) {
            bits[bit / Long.SIZE] |= mask;
            count++;
        }
        return count;
    }
}
