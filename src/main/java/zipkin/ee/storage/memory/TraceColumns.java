package zipkin.ee.storage.memory;

import java.util.Arrays;
import zipkin.ee.codec.TextHash;

/**
 * What a shard knows about its traces, as columns by slot, with a hash table that finds the slot of
 * an id. Written by one thread at a time; {@link TraceIndex} guards readers.
 */
final class TraceColumns {
    final long[] ids;
    /** Location of the latest fragment. In a free slot, the next free slot. */
    final long[] heads;

    final long[] minMillis;
    final long[] maxMillis;
    /** The range of times that the blocks of the trace know; includes its minimum and maximum. */
    final long[] earliest;

    final long[] latest;
    /** A bit for the hash of each span. */
    final long[] masks;

    final int[] spans;
    /** The hash table, by open addressing: slots plus one, 0 where free. */
    private final int[] table;

    /**
     * @param size a power of two. There are two slots less, so that large arrays including their
     *     headers fill regions of the garbage collector.
     */
    TraceColumns(int size) {
        int slots = size - 2;
        table = new int[2 * size];
        ids = new long[slots];
        heads = new long[slots];
        minMillis = new long[slots];
        maxMillis = new long[slots];
        earliest = new long[slots];
        latest = new long[slots];
        masks = new long[slots];
        spans = new int[slots];
    }

    private TraceColumns(TraceColumns from) {
        int size = from.table.length;
        int slots = size - 2;
        table = new int[2 * size];
        ids = Arrays.copyOf(from.ids, slots);
        heads = Arrays.copyOf(from.heads, slots);
        minMillis = Arrays.copyOf(from.minMillis, slots);
        maxMillis = Arrays.copyOf(from.maxMillis, slots);
        earliest = Arrays.copyOf(from.earliest, slots);
        latest = Arrays.copyOf(from.latest, slots);
        masks = Arrays.copyOf(from.masks, slots);
        spans = Arrays.copyOf(from.spans, slots);
        for (int entry : from.table) {
            if (entry != 0) {
                enter(entry - 1);
            }
        }
    }

    int slots() {
        return ids.length;
    }

    /** A copy with the same slots and twice the room. */
    TraceColumns grown() {
        return new TraceColumns(this);
    }

    /** An empty table with half the room. */
    TraceColumns emptyHalf() {
        return new TraceColumns(table.length / 4);
    }

    /** Copies a trace from other columns to a slot of these. */
    void copy(TraceColumns from, int slot, int to) {
        ids[to] = from.ids[slot];
        heads[to] = from.heads[slot];
        minMillis[to] = from.minMillis[slot];
        maxMillis[to] = from.maxMillis[slot];
        earliest[to] = from.earliest[slot];
        latest[to] = from.latest[slot];
        masks[to] = from.masks[slot];
        spans[to] = from.spans[slot];
        enter(to);
    }

    /** Makes {@link #slot} find a slot by its id. */
    void enter(int slot) {
        int free = home(ids[slot]);
        while (table[free] != 0) {
            free = (free + 1) & (table.length - 1);
        }
        table[free] = slot + 1;
    }

    private int home(long id) {
        return (int) TextHash.of(id) & (table.length - 1);
    }

    /** The slot of an id, or {@link TraceIndex#NO_TRACE}. */
    int slot(long id) {
        int place = home(id);
        for (int i = 0; i < table.length; i++) {
            int entry = table[place];
            if (entry == 0) {
                return TraceIndex.NO_TRACE;
            }
            if (ids[entry - 1] == id) {
                return entry - 1;
            }
            place = (place + 1) & (table.length - 1);
        }
        return TraceIndex.NO_TRACE; // only while another thread writes
    }

    /** Undoes {@link #enter}. Closes the gap, so that no search ends too early. */
    void leave(int slot) {
        int mask = table.length - 1;
        int gap = home(ids[slot]);
        while (table[gap] != slot + 1) {
            gap = (gap + 1) & mask;
        }
        int next = (gap + 1) & mask;
        while (table[next] != 0) {
            int home = home(ids[table[next] - 1]);
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                table[gap] = table[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        table[gap] = 0;
    }

    long heapBytes() {
        long slotBytes = 7L * Long.BYTES + Integer.BYTES;
        return slots() * slotBytes + (long) Integer.BYTES * table.length;
    }
}
