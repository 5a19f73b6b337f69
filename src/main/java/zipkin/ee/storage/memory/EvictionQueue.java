package zipkin.ee.storage.memory;

import java.util.Arrays;

/**
 * A binary heap of a shard's traces, by the time of their first span and then by id. Written by one
 * thread at a time; {@link #oldestMillis} and {@link #oldestId} are for any thread.
 */
final class EvictionQueue {
    /** Slots of {@link TraceColumns}, the oldest trace first. */
    private int[] heap = new int[0];

    /** By slot, the trace's index in {@link #heap}. */
    private int[] places = new int[0];

    private int count;
    private volatile long oldestMillis = Long.MAX_VALUE;
    private volatile long oldestId;

    int size() {
        return count;
    }

    /** Slot of the trace whose first span is the earliest, or {@link TraceIndex#NO_TRACE}. */
    int oldest() {
        return count == 0 ? TraceIndex.NO_TRACE : heap[0];
    }

    /** When the oldest trace began; {@link Long#MAX_VALUE} without traces. */
    long oldestMillis() {
        return oldestMillis;
    }

    /** The lower 64 bits of the oldest trace's id. */
    long oldestId() {
        return oldestId;
    }

    int slot(int place) {
        return heap[place];
    }

    void reserve(int slots) {
        heap = Arrays.copyOf(heap, slots);
        places = Arrays.copyOf(places, slots);
    }

    void add(TraceColumns traces, int slot) {
        places[slot] = count;
        heap[count++] = slot;
        up(traces, count - 1);
        publishOldest(traces);
    }

    void remove(TraceColumns traces, int slot) {
        int place = places[slot];
        int last = heap[--count];
        if (last != slot) {
            heap[place] = last;
            places[last] = place;
            up(traces, place);
            down(traces, places[last]);
        }
        publishOldest(traces);
    }

    /** Moves a trace forward whose first span is earlier now. */
    void begunEarlier(TraceColumns traces, int slot) {
        up(traces, places[slot]);
        publishOldest(traces);
    }

    /** Replaces the slot at each place by the number of the place. */
    void renumber(int slots) {
        heap = new int[slots];
        places = new int[slots];
        Arrays.setAll(heap, place -> place < count ? place : 0);
        Arrays.setAll(places, slot -> slot < count ? slot : 0);
    }

    private void publishOldest(TraceColumns traces) {
        if (count == 0) {
            oldestMillis = Long.MAX_VALUE;
            return;
        }
        int slot = heap[0];
        if (oldestMillis != traces.minMillis[slot]) {
            oldestMillis = traces.minMillis[slot];
        }
        if (oldestId != traces.ids[slot]) {
            oldestId = traces.ids[slot];
        }
    }

    private static boolean isOlder(TraceColumns traces, int left, int right) {
        int byTime = Long.compare(traces.minMillis[left], traces.minMillis[right]);
        return byTime != 0 ? byTime < 0 : Long.compareUnsigned(traces.ids[left], traces.ids[right]) < 0;
    }

    private void up(TraceColumns traces, int from) {
        int place = from;
        int slot = heap[place];
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!isOlder(traces, slot, heap[parent])) {
                break;
            }
            put(heap[parent], place);
            place = parent;
        }
        put(slot, place);
    }

    private void down(TraceColumns traces, int from) {
        int place = from;
        int slot = heap[place];
        for (int child = 2 * place + 1; child < count; child = 2 * place + 1) {
            if (child + 1 < count && isOlder(traces, heap[child + 1], heap[child])) {
                child++;
            }
            if (!isOlder(traces, heap[child], slot)) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(slot, place);
    }

    private void put(int slot, int place) {
        heap[place] = slot;
        places[slot] = place;
    }

    long heapBytes() {
        return (long) Integer.BYTES * (heap.length + places.length);
    }
}
