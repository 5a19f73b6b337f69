package zipkin.ee.codec;

import java.util.Arrays;

/**
 * Endpoints that a message has had, by their numbers in {@link SpanColumns}, by how they were
 * written: there are few, and each is written in the same way every time. Holds the latest
 * {@value #PLACES}. Used by one thread.
 */
final class KnownEndpoints {
    private static final int PLACES = 16;

    private final byte[] body;
    private final int[] starts = new int[PLACES];
    private final int[] lengths = new int[PLACES];
    private final int[] endpoints = new int[PLACES];
    private int count;

    KnownEndpoints(byte[] body) {
        this.body = body;
    }

    /**
     * One that is written as what begins at {@code start} in the body, whatever follows; -1 when
     * there is none.
     */
    int beginningAt(int start) {
        for (int i = 0; i < Math.min(count, PLACES); i++) {
            if (isAt(start, i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * One that is written as {@code length} bytes from {@code start} in the body; -1 when there is
     * none.
     */
    int written(int start, int length) {
        for (int i = 0; i < Math.min(count, PLACES); i++) {
            if (lengths[i] == length && isAt(start, i)) {
                return i;
            }
        }
        return -1;
    }

    int get(int known) {
        return endpoints[known];
    }

    /** How many bytes it is written with. */
    int length(int known) {
        return lengths[known];
    }

    int remember(int start, int length, int endpoint) {
        int place = count++ % PLACES;
        starts[place] = start;
        lengths[place] = length;
        endpoints[place] = endpoint;
        return endpoint;
    }

    private boolean isAt(int start, int known) {
        int from = starts[known];
        int length = lengths[known];
        return length <= body.length - start && Arrays.equals(body, from, from + length, body, start, start + length);
    }
}
