package zipkin.ee.storage.memory;

import java.util.Arrays;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;

/**
 * The distinct texts of a block, numbered from 1. Written by one thread at a time; the texts of a
 * {@link View} never change, so any thread may read them.
 */
final class TextTable {
    private byte[] bytes = new byte[1024];
    private int[] ends = new int[64];
    private int[] places = new int[128];
    private int count;

    /** Adds a text of a message unless it is there, and returns its number; 0 for 0. */
    int intern(SpanColumns message, int text) {
        return text == 0
                ? 0
                : intern(
                        message.textBytes(text),
                        message.textFrom(text),
                        message.textLength(text),
                        message.textHash(text));
    }

    private int intern(byte[] source, int from, int length, int hash) {
        int mask = places.length - 1;
        int place = hash & mask;
        for (int number = places[place]; number != 0; number = places[place]) {
            if (equals(bytes, start(ends, number), ends[number - 1], source, from, length)) {
                return number;
            }
            place = (place + 1) & mask;
        }
        return add(source, from, length, place);
    }

    private int add(byte[] source, int from, int length, int place) {
        int start = count == 0 ? 0 : ends[count - 1];
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + length));
        }
        System.arraycopy(source, from, bytes, start, length);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = start + length;
        places[place] = count;
        if (2 * count > places.length) {
            grow();
        }
        return count;
    }

    private void grow() {
        int[] larger = new int[2 * places.length];
        int mask = larger.length - 1;
        for (int number = 1; number <= count; number++) {
            int place = TextHash.of(bytes, start(ends, number), ends[number - 1]) & mask;
            while (larger[place] != 0) {
                place = (place + 1) & mask;
            }
            larger[place] = number;
        }
        places = larger;
    }

    /** Frees reserved memory. Nothing may be added afterwards. */
    void seal() {
        bytes = Arrays.copyOf(bytes, textBytes());
        ends = Arrays.copyOf(ends, count);
    }

    int textBytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    int heapBytes() {
        return bytes.length + Integer.BYTES * (ends.length + places.length);
    }

    View view() {
        return new View(bytes, ends, places, count);
    }

    private static int start(int[] ends, int number) {
        return number == 1 ? 0 : ends[number - 2];
    }

    private static boolean equals(byte[] bytes, int start, int end, byte[] source, int from, int length) {
        return end - start == length && TextHash.equals(bytes, start, source, from, length);
    }

    /**
     * The first {@code count} texts.
     *
     * @param places numbers by hash, which may include some beyond {@code count}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record View(byte[] bytes, int[] ends, int[] places, int count) {
        /** Returns the number of a text, or 0. */
        int find(byte[] text, int hash) {
            int mask = places.length - 1;
            int place = hash & mask;
            for (int number = places[place]; number != 0; number = places[place]) {
                if (number <= count && TextTable.equals(bytes, start(number), end(number), text, 0, text.length)) {
                    return number;
                }
                place = (place + 1) & mask;
            }
            return 0;
        }

        int start(int number) {
            return TextTable.start(ends, number);
        }

        int end(int number) {
            return ends[number - 1];
        }
    }
}
