package zipkin.ee.storage.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The traces of a shard by the lower 64 bits of their ids. Written by one thread at a time, which
 * holds the shard's lock; {@link #head} and {@link #forEach} are for any thread and never block.
 */
final class TraceIndex {
    static final int NO_TRACE = -1;

    /** Spans of a trace up to which a mask of their hashes is selective enough. */
    private static final int FEW = 32;

    /** Later than all timestamps, and far enough from overflow for sums of a few. */
    private static final long MAX_MILLIS = 1L << 60;

    private static final int KEPT_SLOTS = 1024;
    private static final int MAP_ENTRY = 56;

    /** Write-locked while ids or heads change. Readers only ever read optimistically. */
    private final StampedLock changing = new StampedLock();

    private final EvictionQueue eviction = new EvictionQueue();
    private volatile TraceColumns columns = new TraceColumns(16);
    private volatile int usedSlots;
    private int freeSlot = NO_TRACE;
    private Map<Integer, SpanTable> tables = new HashMap<>();
    private long tableBytes;

    TraceIndex() {
        eviction.reserve(columns.slots());
    }

    /** Location of the latest fragment of a trace, or {@link Location#NONE}. */
    long head(long id) {
        while (true) {
            long stamp = changing.tryOptimisticRead();
            if (stamp != 0) {
                TraceColumns now = columns;
                int slot = now.slot(id);
                long head = slot == NO_TRACE ? Location.NONE : now.heads[slot];
                if (changing.validate(stamp)) {
                    return head;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Gets each trace of {@link #forEach}. */
    interface Visitor {
        /**
         * @param minMillis of its first span; 0 when one has no timestamp
         * @param head location of its latest fragment, which identifies its state: no trace ever
         *     has the same one again
         */
        void visit(int slot, long id, long minMillis, long maxMillis, long head);
    }

    /** Visits all traces. Fields of a trace that is being written may not fit together. */
    void forEach(Visitor visitor) {
        TraceColumns now = columns;
        int slots = Math.min(usedSlots, now.slots());
        for (int slot = 0; slot < slots; slot++) {
            if (now.spans[slot] > 0) {
                visitor.visit(slot, now.ids[slot], now.minMillis[slot], now.maxMillis[slot], now.heads[slot]);
            }
        }
    }

    EvictionQueue eviction() {
        return eviction;
    }

    // What follows is for the writer.

    int slot(long id) {
        return columns.slot(id);
    }

    int oldest() {
        return eviction.oldest();
    }

    long headOf(int slot) {
        return columns.heads[slot];
    }

    int spans(int slot) {
        return columns.spans[slot];
    }

    long earliest(int slot) {
        return columns.earliest[slot];
    }

    long latest(int slot) {
        return columns.latest[slot];
    }

    /** Adds a trace without spans and returns its slot. */
    int add(long id, long millis) {
        TraceColumns now = columns;
        int slot = freeSlot;
        if (slot != NO_TRACE) {
            freeSlot = (int) now.heads[slot];
        } else {
            if (usedSlots == now.slots()) {
                now = now.grown();
                columns = now;
                eviction.reserve(now.slots());
            }
            slot = usedSlots;
            usedSlots = slot + 1;
        }
        long stamp = changing.writeLock();
        now.ids[slot] = id;
        now.heads[slot] = Location.NONE;
        now.enter(slot);
        changing.unlockWrite(stamp);
        now.minMillis[slot] = millis;
        now.maxMillis[slot] = millis;
        now.earliest[slot] = millis;
        now.latest[slot] = millis;
        now.masks[slot] = 0;
        now.spans[slot] = 0;
        eviction.add(now, slot);
        return slot;
    }

    void remove(int slot) {
        TraceColumns now = columns;
        long stamp = changing.writeLock();
        now.leave(slot);
        now.heads[slot] = freeSlot;
        now.spans[slot] = 0;
        changing.unlockWrite(stamp);
        freeSlot = slot;
        forgetTable(slot);
        eviction.remove(now, slot);
        if (now.slots() > KEPT_SLOTS && 4 * eviction.size() < now.slots()) {
            shrink(now);
        }
    }

    /** Frees half of the memory. All traces get other slots. */
    private void shrink(TraceColumns old) {
        TraceColumns now = old.emptyHalf();
        Map<Integer, SpanTable> moved = new HashMap<>();
        for (int place = 0; place < eviction.size(); place++) {
            int slot = eviction.slot(place);
            now.copy(old, slot, place);
            @Nullable SpanTable table = tables.get(slot);
            if (table != null) {
                moved.put(place, table);
            }
        }
        long stamp = changing.writeLock();
        columns = now;
        changing.unlockWrite(stamp);
        eviction.renumber(now.slots());
        tables = moved;
        usedSlots = eviction.size();
        freeSlot = NO_TRACE;
    }

    void setHead(int slot, long location) {
        long stamp = changing.writeLock();
        columns.heads[slot] = location;
        changing.unlockWrite(stamp);
    }

    /** Counts a span and remembers its hash. */
    void addSpan(int slot, long millis, int hash, long location) {
        TraceColumns now = columns;
        @Nullable SpanTable table = table(slot);
        if (table != null) {
            long before = table.heapBytes();
            table.add(hash, location);
            tableBytes += table.heapBytes() - before;
        }
        now.masks[slot] |= 1L << hash;
        now.spans[slot]++;
        if (millis > now.maxMillis[slot]) {
            now.maxMillis[slot] = millis;
        }
        if (millis < now.minMillis[slot]) {
            now.minMillis[slot] = millis;
            eviction.begunEarlier(now, slot);
        }
    }

    /** Whether the trace may have a span with this hash. */
    boolean mayHave(int slot, int hash) {
        return (columns.masks[slot] & 1L << hash) != 0;
    }

    /** Whether the next span makes the trace so large that {@link #remember} is due. */
    boolean isManyNext(int slot) {
        return columns.spans[slot] == FEW;
    }

    /** @param table all spans of the trace */
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

    /** All spans of a large trace; null for small ones. */
    @Nullable
    SpanTable table(int slot) {
        return columns.spans[slot] < FEW ? null : tables.get(slot);
    }

    /**
     * Widens {@link #earliest} and {@link #latest} if the trace has spans outside of them, by twice
     * what is needed. So the blocks of a trace that grows span by span have to be updated only as
     * often as its duration doubles, whatever timestamps clients choose.
     */
    boolean widen(int slot) {
        TraceColumns now = columns;
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

    long heapBytes() {
        return columns.heapBytes() + eviction.heapBytes() + tableBytes + (long) MAP_ENTRY * tables.size();
    }
}
