package zipkin.ee.storage.memory;

import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Budget;

/**
 * Entries within a budget, evicted by the clock algorithm: an entry that was used since it was last
 * considered stays once more, so a flood of entries that are used once evicts itself. Guarded by
 * {@link SharedNames}.
 */
final class LeastUsed {
    /** Longer names are not listed, because each would evict many others. */
    static final int MAX_CHARACTERS = 10_000;

    private final Budget budget;
    private final Entry ends = new Entry(0) {
        @Override
        void evict() {
            throw new IllegalStateException("The sentinel of the ring is not an entry");
        }
    };
    private long dropped;

    abstract static class Entry {
        private final long bytes;
        private @Nullable Entry previous = this;
        private @Nullable Entry next = this;
        private boolean used;

        Entry(long bytes) {
            this.bytes = bytes;
        }

        void use() {
            used = true;
        }

        /** Called after the entry was removed from the ring. Removes it from its owner. */
        abstract void evict();
    }

    LeastUsed(Budget budget) {
        this.budget = budget;
    }

    /** Adds an entry. Returns false if it exceeds the whole budget. */
    boolean add(Entry entry) {
        while (!budget.take(entry.bytes)) {
            Entry oldest = ends.next;
            if (oldest == null || oldest == ends || entry.bytes > budget.limit()) {
                dropped++;
                return false;
            }
            unlink(oldest);
            if (oldest.used) {
                oldest.used = false;
                append(oldest);
            } else {
                budget.giveBack(oldest.bytes);
                dropped++;
                oldest.evict();
            }
        }
        append(entry);
        return true;
    }

    /** Removes an entry without calling {@link Entry#evict}. */
    void remove(Entry entry) {
        if (entry.next != null) {
            unlink(entry);
            budget.giveBack(entry.bytes);
        }
    }

    /** Removes an entry that had to make room for another one, and counts it as dropped. */
    void drop(Entry entry) {
        remove(entry);
        dropped++;
    }

    /** Counts an entry that is not added as dropped. */
    void refuse() {
        dropped++;
    }

    long dropped() {
        return dropped;
    }

    private void append(Entry entry) {
        Entry last = ends.previous;
        entry.previous = last;
        entry.next = ends;
        if (last != null) {
            last.next = entry;
        }
        ends.previous = entry;
    }

    private static void unlink(Entry entry) {
        Entry before = entry.previous;
        Entry after = entry.next;
        if (before != null && after != null) {
            before.next = after;
            after.previous = before;
        }
        entry.previous = null;
        entry.next = null;
    }
}
