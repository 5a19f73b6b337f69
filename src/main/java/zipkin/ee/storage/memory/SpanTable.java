package zipkin.ee.storage.memory;

/**
 * The locations of the spans of one large trace, by their hashes, so that a duplicate costs no more
 * than a new span. No location is 0, since a fragment's header precedes each span. Used by one
 * thread at a time.
 */
final class SpanTable {
    static final int NONE = -1;

    /** Bytes of heap of this object and of the headers of its arrays. */
    private static final int OBJECTS = 96;

    private int[] hashes = new int[128];
    private long[] locations = new long[128];
    private int count;

    void add(int hash, long location) {
        if (3 * ++count > 2 * locations.length) {
            grow();
        }
        put(hash, location);
    }

    private void put(int hash, long location) {
        int mask = locations.length - 1;
        int i = hash & mask;
        while (locations[i] != 0) {
            i = (i + 1) & mask;
        }
        hashes[i] = hash;
        locations[i] = location;
    }

    private void grow() {
        int[] oldHashes = hashes;
        long[] oldPlaces = locations;
        hashes = new int[2 * oldHashes.length];
        locations = new long[2 * oldPlaces.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                put(oldHashes[i], oldPlaces[i]);
            }
        }
    }

    /** The index of the first span with this hash, or {@link #NONE}. */
    int first(int hash) {
        return find(hash & (locations.length - 1), hash);
    }

    /** The index of the next span with this hash, or {@link #NONE}. */
    int next(int index, int hash) {
        return find((index + 1) & (locations.length - 1), hash);
    }

    private int find(int from, int hash) {
        int i = from;
        while (locations[i] != 0) {
            if (hashes[i] == hash) {
                return i;
            }
            i = (i + 1) & (locations.length - 1);
        }
        return NONE;
    }

    long location(int index) {
        return locations[index];
    }

    long heapBytes() {
        return OBJECTS + 12L * locations.length;
    }
}
