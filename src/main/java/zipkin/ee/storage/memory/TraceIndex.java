package zipkin.ee.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.TextHash;

/**
 * The traces of a shard by the lower 64 bits of their ids, and which is the oldest. Written by one
 * thread at a time; {@link #head} is for any thread and waits for nobody: it tries again when what
 * it read was being written.
 */
final class TraceIndex {
    static final int NO_TRACE = -1;

    /** Spans of a trace up to which a mask of their hashes tells enough. */
    static final int FEW = 32;

    /** Beyond all timestamps, and so far from overflow that sums of a few are none. */
    private static final long MAX_MILLIS = 1L << 60;

    private static final int KEPT_SLOTS = 1024;
    private static final int MAP_ENTRY = 56;

    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(TraceIndex.class, "version", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Odd while something is being written. */
    @SuppressWarnings("unused") // by VERSION
    private int version;

    private volatile Columns columns = new Columns(16);
    private int count;
    private int freeSlot = NO_TRACE;
    private volatile int usedSlots;
    private Map<Integer, SpanTable> tables = new HashMap<>();
    private long tableBytes;
    private volatile long oldestMillis = Long.MAX_VALUE;
    private volatile long oldestId;

    /**
     * What is known of each trace, by slots; a slot's place in {@code places} moves, the slot
     * itself does not.
     */
    private static final class Columns {
        final int[] places;
        final long[] ids;
        final long[] heads;
        final long[] minMillis;
        final long[] maxMillis;
        final long[] earliest;
        final long[] latest;
        final long[] masks;
        final int[] spans;
        final int[] heap;
        final int[] heapPlaces;

        /**
         * @param size a power of two. Two slots less let large arrays fill regions of the garbage
         *     collector, with their headers.
         */
        Columns(int size) {
            int slots = size - 2;
            places = new int[2 * size];
            ids = new long[slots];
            heads = new long[slots];
            minMillis = new long[slots];
            maxMillis = new long[slots];
            earliest = new long[slots];
            latest = new long[slots];
            masks = new long[slots];
            spans = new int[slots];
            heap = new int[slots];
            heapPlaces = new int[slots];
        }

        Columns(Columns from) {
            int size = from.places.length;
            int slots = size - 2;
            places = new int[2 * size];
            ids = Arrays.copyOf(from.ids, slots);
            heads = Arrays.copyOf(from.heads, slots);
            minMillis = Arrays.copyOf(from.minMillis, slots);
            maxMillis = Arrays.copyOf(from.maxMillis, slots);
            earliest = Arrays.copyOf(from.earliest, slots);
            latest = Arrays.copyOf(from.latest, slots);
            masks = Arrays.copyOf(from.masks, slots);
            spans = Arrays.copyOf(from.spans, slots);
            heap = Arrays.copyOf(from.heap, slots);
            heapPlaces = Arrays.copyOf(from.heapPlaces, slots);
            for (int place : from.places) {
                if (place != 0) {
                    enter(place - 1);
                }
            }
        }

        /** Takes over what is known of a trace, under another slot. */
        void copy(Columns from, int slot, int to) {
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

        /** Makes a slot found by its id. */
        void enter(int slot) {
            int free = home(ids[slot]);
            while (places[free] != 0) {
                free = (free + 1) & (places.length - 1);
            }
            places[free] = slot + 1;
        }

        int home(long id) {
            return (int) TextHash.of(id) & (places.length - 1);
        }

        int slot(long id) {
            int place = home(id);
            for (int i = 0; i < places.length; i++) {
                int slot = places[place];
                if (slot == 0) {
                    return NO_TRACE;
                }
                if (ids[slot - 1] == id) {
                    return slot - 1;
                }
                place = (place + 1) & (places.length - 1);
            }
            return NO_TRACE; // only while somebody writes
        }
    }

    /**
     * A fragment: its block's number in the upper half, its offset in the lower; -1 when there is
     * no such trace.
     */
    long head(long id) {
        while (true) {
            int before = (int) VERSION.getAcquire(this);
            if ((before & 1) == 0) {
                Columns now = columns;
                int slot = now.slot(id);
                long head = slot == NO_TRACE ? -1 : now.heads[slot];
                VarHandle.acquireFence();
                if ((int) VERSION.getOpaque(this) == before) {
                    return head;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** What is told of a trace. */
    interface Visitor {
        /**
         * @param minMillis of its first span; 0 when one has no timestamp
         * @param head where its latest fragment is, which no other ever was
         */
        void visit(int slot, long id, long minMillis, long maxMillis, long head);
    }

    /** Tells of all traces. Of one that is being written it may tell half. */
    void forEach(Visitor visitor) {
        Columns now = columns;
        int slots = Math.min(usedSlots, now.ids.length);
        for (int slot = 0; slot < slots; slot++) {
            if (now.spans[slot] > 0) {
                visitor.visit(slot, now.ids[slot], now.minMillis[slot], now.maxMillis[slot], now.heads[slot]);
            }
        }
    }

    // What follows is the writer's.

    private void beginWrite() {
        VERSION.setOpaque(this, version + 1);
        VarHandle.releaseFence();
    }

    private void endWrite() {
        VERSION.setRelease(this, version + 1);
    }

    int slot(long id) {
        return columns.slot(id);
    }

    long headOf(int slot) {
        return columns.heads[slot];
    }

    int spans(int slot) {
        return columns.spans[slot];
    }

    /** A trace without spans. */
    int add(long id, long millis) {
        Columns now = columns;
        if (usedSlots == now.ids.length && freeSlot == NO_TRACE) {
            now = new Columns(now);
            columns = now;
        }
        int slot = freeSlot;
        if (slot == NO_TRACE) {
            slot = usedSlots;
            usedSlots = slot + 1;
        } else {
            freeSlot = (int) now.heads[slot];
        }
        beginWrite();
        now.ids[slot] = id;
        now.heads[slot] = -1;
        now.enter(slot);
        endWrite();
        now.minMillis[slot] = millis;
        now.maxMillis[slot] = millis;
        now.earliest[slot] = millis;
        now.latest[slot] = millis;
        now.masks[slot] = 0;
        now.spans[slot] = 0;
        now.heapPlaces[slot] = count;
        now.heap[count++] = slot;
        up(now, count - 1);
        publishOldest(now);
        return slot;
    }

    void remove(int slot) {
        Columns now = columns;
        beginWrite();
        removePlace(now, slot);
        now.heads[slot] = freeSlot;
        now.spans[slot] = 0;
        endWrite();
        freeSlot = slot;
        forgetTable(slot);
        int place = now.heapPlaces[slot];
        int last = now.heap[--count];
        if (last != slot) {
            now.heap[place] = last;
            now.heapPlaces[last] = place;
            up(now, place);
            down(now, now.heapPlaces[last]);
        }
        publishOldest(now);
        if (now.ids.length > KEPT_SLOTS && 4 * count < now.ids.length) {
            shrink(now);
        }
    }

    /** Gives back half of the memory of traces that are gone: all slots get other numbers. */
    private void shrink(Columns old) {
        Columns now = new Columns(old.places.length / 4);
        Map<Integer, SpanTable> moved = new HashMap<>();
        for (int place = 0; place < count; place++) {
            int slot = old.heap[place];
            now.copy(old, slot, place);
            now.heap[place] = place;
            now.heapPlaces[place] = place;
            @Nullable SpanTable table = tables.get(slot);
            if (table != null) {
                moved.put(place, table);
            }
        }
        beginWrite();
        columns = now;
        endWrite();
        tables = moved;
        usedSlots = count;
        freeSlot = NO_TRACE;
    }

    /** Closes the gap, so that no search ends too early. */
    private static void removePlace(Columns now, int slot) {
        int mask = now.places.length - 1;
        int gap = now.home(now.ids[slot]);
        while (now.places[gap] != slot + 1) {
            gap = (gap + 1) & mask;
        }
        int next = (gap + 1) & mask;
        while (now.places[next] != 0) {
            int home = now.home(now.ids[now.places[next] - 1]);
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                now.places[gap] = now.places[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        now.places[gap] = 0;
    }

    void setHead(int slot, int block, int offset) {
        Columns now = columns;
        beginWrite();
        now.heads[slot] = (long) block << 32 | offset;
        endWrite();
    }

    /** Counts a span and remembers its hash. */
    void addSpan(int slot, long millis, int hash, long place) {
        Columns now = columns;
        @Nullable SpanTable table = table(slot);
        if (table != null) {
            long before = table.heapBytes();
            table.add(hash, place);
            tableBytes += table.heapBytes() - before;
        }
        now.masks[slot] |= 1L << hash;
        now.spans[slot]++;
        if (millis > now.maxMillis[slot]) {
            now.maxMillis[slot] = millis;
        }
        if (millis < now.minMillis[slot]) {
            now.minMillis[slot] = millis;
            up(now, now.heapPlaces[slot]);
            publishOldest(now);
        }
    }

    /** Whether a span with this hash may be there. */
    boolean mayHave(int slot, int hash) {
        return (columns.masks[slot] & 1L << hash) != 0;
    }

    /**
     * Whether the trace is about to get so many spans that the mask says nothing any more, and
     * {@link #remember} is due.
     */
    boolean isManyNext(int slot) {
        return columns.spans[slot] == FEW;
    }

    /** @param table of all spans of the trace */
    void remember(int slot, SpanTable table) {
        forgetTable(slot);
        tables.put(slot, table);
        tableBytes += table.heapBytes();
    }

    private void forgetTable(int slot) {
        @Nullable SpanTable table = tables.remove(slot);
        if (table != null) {
            tableBytes -= table.heapBytes();
        }
    }

    /** Where the spans of a large trace are; null for the others. */
    @Nullable
    SpanTable table(int slot) {
        return columns.spans[slot] < FEW ? null : tables.get(slot);
    }

    /**
     * Widens the time that the trace's blocks are told of when its spans lie outside of it. It is
     * widened by as much again, so that blocks of a trace that grows span by span are told seldom:
     * as often as its duration doubles, whatever times clients choose.
     */
    boolean widen(int slot) {
        Columns now = columns;
        long min = now.minMillis[slot];
        long max = now.maxMillis[slot];
        if (min >= now.earliest[slot] && max <= now.latest[slot]) {
            return false;
        }
        long duration = Math.max(max, now.latest[slot]) - Math.min(min, now.earliest[slot]);
        if (max > now.latest[slot]) {
            now.latest[slot] = Math.min(MAX_MILLIS, max + duration + 1);
        }
        if (min < now.earliest[slot]) {
            now.earliest[slot] = Math.max(-MAX_MILLIS, min - duration - 1);
        }
        return true;
    }

    long earliest(int slot) {
        return columns.earliest[slot];
    }

    long latest(int slot) {
        return columns.latest[slot];
    }

    /** The slot of the trace whose first span is the earliest. */
    int oldest() {
        return count == 0 ? NO_TRACE : columns.heap[0];
    }

    /** Of the oldest trace, for any thread; the greatest number without one. */
    long oldestMillis() {
        return oldestMillis;
    }

    /** Of the oldest trace, for any thread. */
    long oldestId() {
        return oldestId;
    }

    private void publishOldest(Columns now) {
        if (count == 0) {
            oldestMillis = Long.MAX_VALUE;
            return;
        }
        int slot = now.heap[0];
        if (oldestMillis != now.minMillis[slot]) {
            oldestMillis = now.minMillis[slot];
        }
        if (oldestId != now.ids[slot]) {
            oldestId = now.ids[slot];
        }
    }

    private static boolean isOlder(Columns now, int left, int right) {
        int byTime = Long.compare(now.minMillis[left], now.minMillis[right]);
        return byTime != 0 ? byTime < 0 : Long.compareUnsigned(now.ids[left], now.ids[right]) < 0;
    }

    private static void up(Columns now, int from) {
        int place = from;
        int slot = now.heap[place];
        while (place > 0) {
            int parent = (place - 1) / 2;
            int above = now.heap[parent];
            if (!isOlder(now, slot, above)) {
                break;
            }
            now.heap[place] = above;
            now.heapPlaces[above] = place;
            place = parent;
        }
        now.heap[place] = slot;
        now.heapPlaces[slot] = place;
    }

    private void down(Columns now, int from) {
        int place = from;
        int slot = now.heap[place];
        while (true) {
            int child = 2 * place + 1;
            if (child >= count) {
                break;
            }
            if (child + 1 < count && isOlder(now, now.heap[child + 1], now.heap[child])) {
                child++;
            }
            int below = now.heap[child];
            if (!isOlder(now, below, slot)) {
                break;
            }
            now.heap[place] = below;
            now.heapPlaces[below] = place;
            place = child;
        }
        now.heap[place] = slot;
        now.heapPlaces[slot] = place;
    }

    /** Bytes of the heap. */
    long heapBytes() {
        Columns now = columns;
        long slots = (long) now.ids.length * (7L * Long.BYTES + 3L * Integer.BYTES);
        return slots + (long) Integer.BYTES * now.places.length + tableBytes + (long) MAP_ENTRY * tables.size();
    }
}
