package zipkin.ee.storage.memory;

import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Budget;

/**
 * Entries within a budget. One that does not fit takes the place of those that were not used since
 * they were last passed over (the clock algorithm): a flood of entries that are used once drives
 * itself out, and each use pays for one time that it is passed over. Guarded by
 * {@link SharedNames}.
 */
final class LeastUsed {
    /** Longer names are not listed: one of them would take the place of many. */
    static final int MAX_CHARACTERS = 10_000;

    private final Budget budget;
    private final Entry ends = new Entry(0) {
        @Override
        void evict() {
            throw new IllegalStateException("The ring's ends are no entry");
        }
    };
    private long dropped;

    /** What takes bytes of the budget. */
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

        /** It has left the ring; its owner forgets it. */
        abstract void evict();
    }

    LeastUsed(Budget budget) {
        this.budget = budget;
    }

    /** False when it is larger than the whole budget. */
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

    /** Takes out one whose owner forgets it. */
    void remove(Entry entry) {
        if (entry.next != null) {
            unlink(entry);
            budget.giveBack(entry.bytes);
        }
    }

    /** As {@link #remove}, of one that had to make room. */
    void drop(Entry entry) {
        remove(entry);
        dropped++;
    }

    /** Counts one that is not added. */
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
