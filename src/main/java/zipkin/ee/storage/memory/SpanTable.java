package zipkin.ee.storage.memory;

import java.util.Arrays;

/**
 * Where the spans of one large trace lie, by their hashes, so that a span which comes again costs
 * no more than one that is new. A place is a block's number in the upper half and an offset in the
 * lower, which is never 0. Used by one thread at a time.
 */
final class SpanTable {
    static final int NONE = -1;

    private static final int OBJECTS = 96;

    private int[] hashes = new int[128];
    private long[] places = new long[128];
    private int count;

    void add(int hash, long place) {
        if (3 * ++count > 2 * places.length) {
            grow();
        }
        put(hash, place);
    }

    private void put(int hash, long place) {
        int mask = places.length - 1;
        int i = hash & mask;
        while (places[i] != 0) {
            i = (i + 1) & mask;
        }
        hashes[i] = hash;
        places[i] = place;
    }

    private void grow() {
        int[] oldHashes = hashes;
        long[] oldPlaces = places;
        hashes = new int[2 * oldHashes.length];
        places = new long[2 * oldPlaces.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                put(oldHashes[i], oldPlaces[i]);
            }
        }
    }

    /** The index of the first span with this hash, or {@link #NONE}. */
    int first(int hash) {
        return find(hash & (places.length - 1), hash);
    }

    /** The index of the next span with this hash, or {@link #NONE}. */
    int next(int index, int hash) {
        return find((index + 1) & (places.length - 1), hash);
    }

    private int find(int from, int hash) {
        int i = from;
        while (places[i] != 0) {
            if (hashes[i] == hash) {
                return i;
            }
            i = (i + 1) & (places.length - 1);
        }
        return NONE;
    }

    long place(int index) {
        return places[index];
    }

    void clear() {
        Arrays.fill(places, 0);
        count = 0;
    }

    long heapBytes() {
        return OBJECTS + 12L * places.length;
    }
}
