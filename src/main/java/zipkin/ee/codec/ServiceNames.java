package zipkin.ee.codec;

import java.util.Arrays;

/**
 * Counts the distinct service names of one span by a set of hash bits. It never counts a name twice
 * and, up to {@link #CAPACITY}, misses few.
 */
final class ServiceNames {
    static final int CAPACITY = 256;

    private static final int BITS = 4 * CAPACITY;

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
        int bit = TextHash.of(body, from, to) & (BITS - 1);
        long mask = 1L << bit;
        if ((bits[bit / Long.SIZE] & mask) == 0) {
            bits[bit / Long.SIZE] |= mask;
            count++;
        }
        return count;
    }
}
