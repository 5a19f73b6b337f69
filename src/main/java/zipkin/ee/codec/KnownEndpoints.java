package zipkin.ee.codec;

import java.util.Arrays;

/**
 * Finds endpoints that the message had before, by their bytes: a message has few endpoints, always
 * written in the same way. Holds the numbers of the latest {@value #PLACES}. Used by one thread.
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

    /** Finds an endpoint whose bytes are at {@code start} too, whatever follows; -1 for none. */
    int beginningAt(int start) {
        for (int i = 0; i < Math.min(count, PLACES); i++) {
            if (isAt(start, i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Finds an endpoint with the same bytes as {@code body[start, start + length)}; -1 for none.
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

    /** Returns the length of an endpoint's bytes. */
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
