package zipkin.ee.storage.memory;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;

/**
 * The traces whose ids fall on this shard. Writers hold {@link #lock}. Readers take no lock: they
 * see blocks as they were when they looked, and look again when a trace's blocks are gone.
 */
final class Shard {
    private final ReentrantLock lock = new ReentrantLock();
    private final TraceIndex traces = new TraceIndex();
    private final ShardBlocks blocks;
    private final StoredSpans stored;
    private final Compactor compactor;
    private long accountedBytes;

    Shard(SharedNames names, boolean searchable) {
        this.blocks = new ShardBlocks(names, searchable);
        this.stored = new StoredSpans(traces, blocks);
        this.compactor = new Compactor(traces, blocks, stored);
    }

    ReentrantLock lock() {
        return lock;
    }

    // Writing, with the lock held.

    /**
     * Adds those spans of {@code [from, to)} that belong to this shard, except for spans that it
     * already has.
     *
     * @param owners number of the shard that each span from {@code from} on belongs to
     * @param number the number of this shard
     * @return how many were added
     */
    int add(SpanColumns message, int from, int to, byte[] owners, int number) {
        blocks.beginMessage();
        int added = 0;
        int span = from;
        while (span < to) {
            if (owners[span - from] != number) {
                span++;
                continue;
            }
            long id = message.traceId(span);
            int end = span + 1;
            while (end < to && message.traceId(end) == id && end - span < Block.SPANS) {
                end++;
            }
            added += addFragment(blocks.writable(), message, id, span, end);
            span = end;
        }
        blocks.endMessage();
        return added;
    }

    private int addFragment(Block block, SpanColumns message, long id, int from, int to) {
        int slot = traces.slot(id);
        if (slot == TraceIndex.NO_TRACE) {
            slot = traces.add(id, message.timestampMicros(from) / 1000);
        }
        int before = traces.spans(slot);
        block.beginFragment(id, traces.headOf(slot));
        for (int span = from; span < to; span++) {
            int hash = SpanHash.of(message, span);
            if (stored.contains(block, slot, message, span, hash)) {
                continue;
            }
            if (traces.isManyNext(slot)) {
                traces.remember(slot, stored.table(block, slot));
            }
            int offset = blocks.add(block, message, span, hash);
            traces.addSpan(slot, message.timestampMicros(span) / 1000, hash, Location.of(block.number(), offset));
        }
        int fragment = block.endFragment();
        if (fragment != FragmentWriter.NONE) {
            boolean wider = traces.widen(slot);
            traces.setHead(slot, Location.of(block.number(), fragment));
            block.include(traces.earliest(slot), traces.latest(slot));
            if (wider && before > 0) {
                includeInAll(slot);
            }
        }
        int added = traces.spans(slot) - before;
        blocks.added(block, added);
        return added;
    }

    private void includeInAll(int slot) {
        for (Fragment fragment : blocks.fragments(traces.headOf(slot))) {
            fragment.block().include(traces.earliest(slot), traces.latest(slot));
        }
    }

    /** Evicts the oldest trace and returns how many spans it had; 0 if there is none. */
    int evictOldest() {
        int slot = traces.oldest();
        if (slot == TraceIndex.NO_TRACE) {
            return 0;
        }
        int spans = traces.spans(slot);
        List<Fragment> fragments = blocks.fragments(traces.headOf(slot));
        traces.remove(slot);
        fragments.forEach(blocks::discard);
        @Nullable Block sparse = blocks.toCompact();
        if (sparse != null) {
            compactor.moveTracesOf(sparse);
        }
        return spans;
    }

    /** The growth of the shard's heap bytes since the previous call; negative if it shrank. */
    long newHeapBytes() {
        long more = blocks.heapBytes() + traces.heapBytes() - accountedBytes;
        accountedBytes += more;
        return more;
    }

    // Reading, by any thread.

    /** See {@link EvictionQueue#oldestMillis}. */
    long oldestMillis() {
        return traces.eviction().oldestMillis();
    }

    long oldestId() {
        return traces.eviction().oldestId();
    }

    void forEachBlock(Consumer<Block> action) {
        blocks.forEach(action);
    }

    /** Visits all traces except, perhaps, those that are being written. */
    void forEachTrace(TraceIndex.Visitor visitor) {
        traces.forEach(visitor);
    }

    /** The fragments of a trace, the oldest first; empty when there is no such trace. */
    List<Fragment> trace(long id) {
        while (true) {
            long head = traces.head(id);
            List<Fragment> fragments = blocks.fragments(head);
            if (!fragments.isEmpty() || head == Location.NONE) {
                return fragments;
            }
            Thread.onSpinWait(); // evicted or moved in between
        }
    }
}
