package zipkin.ee.storage.memory;

import zipkin.ee.codec.TextHash;

/** A hash set of numbers, safe against chosen collisions. Used by one thread at a time. */
final class LongSet {
    private long[] places = new long[16];
    private int count;
    private boolean hasZero;

    /** Returns whether the number is new. */
    boolean add(long number) {
        if (number == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        int place = place(places, number);
        if (places[place] == number) {
            return false;
        }
        places[place] = number;
        if (2 * ++count > places.length) {
            grow();
        }
        return true;
    }

    boolean contains(long number) {
        return number == 0 ? hasZero : places[place(places, number)] == number;
    }

    int heapBytes() {
        return places.length * Long.BYTES;
    }

    private void grow() {
        long[] larger = new long[2 * places.length];
        for (long number : places) {
            if (number != 0) {
                larger[place(larger, number)] = number;
            }
        }
        places = larger;
    }

    /** Returns the index of a number, or the free one that it would get. */
    private static int place(long[] places, long number) {
        int mask = places.length - 1;
        int place = (int) TextHash.of(number) & mask;
        while (places[place] != 0 && places[place] != number) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
