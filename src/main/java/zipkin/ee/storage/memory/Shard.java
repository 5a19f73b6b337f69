package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpansToColumns;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * Some of the traces, by their ids: their blocks, their index, and the lock of those who write
 * them. Readers take no lock: they see blocks as they were when they looked, and look again when a
 * trace's blocks are gone.
 */
final class Shard {
    /**
     * How many times the spans of living traces the blocks may hold, beyond those that the oldest
     * traces are just leaving.
     */
    private static final int MAX_STORED_TIMES = 2;

    private static final int BLOCKS_ON_THE_WAY = 2;

    /**
     * Numbers of blocks that are gone, for each block that is there, up to which the first block
     * stays.
     */
    private static final int MAX_GAPS = 4;

    private static final int FEW_BLOCKS = 64;

    /** Characters of spans that are moved at once, about: they are objects meanwhile. */
    private static final int MOVED_CHARACTERS = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final TraceIndex traces = new TraceIndex();
    private final Names names;
    private final boolean searchable;
    private final SpanCursor cursor = new SpanCursor();
    private final MessageEndpoints endpoints = new MessageEndpoints();
    private @Nullable Block open;
    private volatile Blocks blocks = new Blocks(0, new Block[0]);
    private int blockCount;
    private long storedSpans;
    private long liveSpans;
    private long bytes;
    private long accountedBytes;

    /** A part of a trace. */
    record Fragment(Block block, BlockView view, int offset) {
        void open(SpanCursor cursor) {
            cursor.open(view, offset);
        }
    }

    Shard(SharedNames names, boolean searchable) {
        this.names = new Names(names);
        this.searchable = searchable;
    }

    ReentrantLock lock() {
        return lock;
    }

    // Writing, with the lock held.

    /**
     * Adds those of some spans that belong here.
     *
     * @param owners by span, the shard's number
     * @return how many were added: one that is there already is not added again
     */
    int add(SpanColumns message, int from, int to, byte[] owners, int number) {
        int added = 0;
        @Nullable Block begun = null;
        int span = from;
        while (span < to) {
            if (owners[span - from] != number) {
                span++;
                continue;
            }
            Block block = writable();
            if (block != begun) {
                endpoints.begin(message.endpoints());
                begun = block;
            }
            long id = message.traceId(span);
            int end = span + 1;
            while (end < to && message.traceId(end) == id && end - span < Block.SPANS) {
                end++;
            }
            added += addFragment(block, message, id, span, end);
            bytes += block.newHeapBytes();
            span = end;
        }
        endpoints.release();
        return added;
    }

    private int addFragment(Block block, SpanColumns message, long id, int from, int to) {
        int slot = traces.slot(id);
        if (slot == TraceIndex.NO_TRACE) {
            slot = traces.add(id, message.timestampMicros(from) / 1000);
        }
        int before = traces.spans(slot);
        long head = traces.headOf(slot);
        block.beginFragment(id, head == -1 ? Block.NONE : (int) (head >> 32), (int) head);
        for (int span = from; span < to; span++) {
            int hash = SpanHash.of(message, span);
            if (traces.spans(slot) > 0 && isThere(block, slot, message, span, hash)) {
                continue;
            }
            if (traces.isManyNext(slot)) {
                traces.remember(slot, tableOf(withOpenFragment(block, slot)));
            }
            int offset = block.add(message, span, hash, names, endpoints);
            traces.addSpan(slot, message.timestampMicros(span) / 1000, hash, place(block, offset));
        }
        int fragment = block.endFragment();
        if (fragment != Block.NONE) {
            boolean wider = traces.widen(slot);
            traces.setHead(slot, block.number(), fragment);
            block.include(traces.earliest(slot), traces.latest(slot));
            if (wider && before > 0) {
                includeInAll(slot);
            }
        }
        int added = traces.spans(slot) - before;
        storedSpans += added;
        liveSpans += added;
        return added;
    }

    private Block writable() {
        Block block = open;
        if (block == null || block.isFull()) {
            if (block != null) {
                block.seal();
                bytes += block.newHeapBytes();
            }
            Blocks now = blocks;
            block = new Block(now.first() + now.array().length, searchable);
            blocks = now.with(block);
            blockCount++;
            open = block;
        }
        return block;
    }

    private void includeInAll(int slot) {
        for (Fragment fragment : fragments(traces.headOf(slot))) {
            fragment.block().include(traces.earliest(slot), traces.latest(slot));
        }
    }

    private static long place(Block block, int offset) {
        return (long) block.number() << 32 | offset;
    }

    private boolean isThere(Block block, int slot, SpanColumns message, int span, int hash) {
        @Nullable SpanTable table = traces.table(slot);
        if (table == null) {
            return traces.mayHave(slot, hash) && isAmongFew(block, slot, message, span, hash);
        }
        for (int i = table.first(hash); i != SpanTable.NONE; i = table.next(i, hash)) {
            int offset = (int) table.place(i);
            Block holder = Objects.requireNonNull(blocks.get((int) (table.place(i) >> 32)));
            BlockView view = holder.view();
            cursor.openSpan(offset < view.length() ? view : holder.snapshot(), message.traceId(span), offset);
            if (cursor.next() && SpanComparison.isSame(cursor, message, span)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAmongFew(Block block, int slot, SpanColumns message, int span, int hash) {
        for (Fragment fragment : withOpenFragment(block, slot)) {
            fragment.open(cursor);
            while (cursor.next()) {
                if (cursor.hash == hash && SpanComparison.isSame(cursor, message, span)) {
                    return true;
                }
            }
        }
        return false;
    }

    private SpanTable tableOf(List<Fragment> fragments) {
        SpanTable table = new SpanTable();
        for (Fragment fragment : fragments) {
            fragment.open(cursor);
            while (cursor.next()) {
                table.add(cursor.hash, place(fragment.block(), cursor.offset()));
            }
        }
        return table;
    }

    private List<Fragment> withOpenFragment(Block block, int slot) {
        List<Fragment> fragments = new ArrayList<>(fragments(traces.headOf(slot)));
        fragments.add(new Fragment(block, block.snapshot(), block.openFragment()));
        return fragments;
    }

    /** Evicts the oldest trace; how many spans it had, 0 when there is none. */
    int evictOldest() {
        int slot = traces.oldest();
        if (slot == TraceIndex.NO_TRACE) {
            return 0;
        }
        int spans = traces.spans(slot);
        List<Fragment> fragments = fragments(traces.headOf(slot));
        traces.remove(slot);
        for (Fragment fragment : fragments) {
            if (searchable) {
                leaveServices(fragment);
            }
            bury(fragment);
        }
        if (storedSpans > MAX_STORED_TIMES * liveSpans + BLOCKS_ON_THE_WAY * Block.SPANS) {
            moveTracesOf(sparsest());
        } else if (blocks.array().length > FEW_BLOCKS + MAX_GAPS * blockCount) {
            // one that nobody evicts would let the gaps grow without end
            moveTracesOf(blocks.array()[0]);
        }
        return spans;
    }

    private @Nullable Block sparsest() {
        @Nullable Block sparsest = null;
        for (Block block : blocks.array()) {
            if (block != null
                    && block.isSealed()
                    && (sparsest == null
                            || (long) block.liveSpans() * sparsest.spans()
                                    < (long) sparsest.liveSpans() * block.spans())) {
                sparsest = block;
            }
        }
        return sparsest;
    }

    private void bury(Fragment fragment) {
        Block block = fragment.block();
        int spans = Block.spans(fragment.view(), fragment.offset());
        block.bury(spans);
        liveSpans -= spans;
        if (!block.isDead()) {
            return;
        }
        storedSpans -= block.spans();
        if (blocks.get(block.number()) != null) {
            blocks = blocks.without(block.number());
            blockCount--;
            bytes -= block.accountedBytes();
        }
        if (block == open) {
            open = null;
        }
    }

    private void leaveServices(Fragment fragment) {
        Map<String, Integer> left = new HashMap<>();
        int last = 0;
        int count = 0;
        fragment.open(cursor);
        while (cursor.next()) {
            if (cursor.localEndpoint != last) {
                leave(fragment.view(), last, count, left);
                last = cursor.localEndpoint;
                count = 0;
            }
            count++;
        }
        leave(fragment.view(), last, count, left);
        left.forEach(names::leave);
    }

    private static void leave(BlockView view, int endpoint, int spans, Map<String, Integer> left) {
        @Nullable String service = view.service(endpoint);
        if (service != null) {
            left.merge(service, spans, Integer::sum);
        }
    }

    /**
     * Writes the traces that are left of a block again, as one fragment each, so that the block can
     * go.
     */
    private void moveTracesOf(@Nullable Block block) {
        if (block == null) {
            return;
        }
        BlockView view = block.view();
        LongSet done = new LongSet();
        for (int at = 0; at < view.length(); at = Block.end(view, at)) {
            long id = Block.traceId(view, at);
            int slot = done.add(id) ? traces.slot(id) : TraceIndex.NO_TRACE;
            if (slot != TraceIndex.NO_TRACE) {
                List<Fragment> old = fragments(traces.headOf(slot));
                if (old.stream().anyMatch(fragment -> fragment.block() == block)) {
                    move(slot, id, old);
                }
            }
        }
    }

    private void move(int slot, long id, List<Fragment> old) {
        SpanCursor reading = new SpanCursor();
        List<Fragment> moved = new ArrayList<>();
        List<Span> some = new ArrayList<>();
        int characters = 0;
        for (Fragment fragment : old) {
            fragment.open(reading);
            while (reading.next()) {
                Span span = reading.span();
                some.add(span);
                characters += characters(span);
                if (some.size() == Block.SPANS || characters > MOVED_CHARACTERS) {
                    moved.add(writeAgain(slot, id, some, moved));
                    some.clear();
                    characters = 0;
                }
            }
        }
        if (!some.isEmpty()) {
            moved.add(writeAgain(slot, id, some, moved));
        }
        if (traces.table(slot) != null) {
            traces.remember(slot, tableOf(moved));
        }
        Fragment last = moved.get(moved.size() - 1);
        traces.setHead(slot, last.block().number(), last.offset());
        for (Fragment gone : old) {
            if (searchable) {
                leaveServices(gone); // they were entered again
            }
            bury(gone);
        }
    }

    /**
     * Writes spans of a trace as its next fragment, which readers find when the trace's head is
     * set.
     */
    private Fragment writeAgain(int slot, long id, List<Span> spans, List<Fragment> before) {
        SpanColumns copy = new SpanColumns();
        new SpansToColumns(copy).addAll(spans);
        Block block = writable();
        endpoints.begin(copy.endpoints());
        if (before.isEmpty()) {
            block.beginFragment(id, Block.NONE, 0);
        } else {
            Fragment last = before.get(before.size() - 1);
            block.beginFragment(id, last.block().number(), last.offset());
        }
        for (int span = 0; span < copy.size(); span++) {
            block.add(copy, span, SpanHash.of(copy, span), names, endpoints);
        }
        int offset = block.endFragment();
        storedSpans += copy.size();
        liveSpans += copy.size();
        bytes += block.newHeapBytes();
        block.include(traces.earliest(slot), traces.latest(slot));
        return new Fragment(block, block.view(), offset);
    }

    private static int characters(Span span) {
        int count = span.name() == null ? 0 : span.name().length();
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            count += tag.getKey().length() + tag.getValue().length();
        }
        for (Annotation annotation : span.annotations()) {
            count += annotation.value().length();
        }
        return count;
    }

    /**
     * How many bytes of heap were taken since it was asked before; negative when some were given
     * back.
     */
    long newHeapBytes() {
        long more = bytes + traces.heapBytes() + names.heapBytes() - accountedBytes;
        accountedBytes += more;
        return more;
    }

    // Reading, by any thread.

    long oldestMillis() {
        return traces.oldestMillis();
    }

    long oldestId() {
        return traces.oldestId();
    }

    /** Those that are not gone. */
    void forEachBlock(Consumer<Block> use) {
        for (Block block : blocks.array()) {
            if (block != null) {
                use.accept(block);
            }
        }
    }

    /** All traces; those that others write meanwhile may be left out. */
    void forEachTrace(TraceIndex.Visitor visitor) {
        traces.forEach(visitor);
    }

    /**
     * The fragments of a trace, the first that was written first; none when there is no such trace.
     */
    List<Fragment> trace(long id) {
        while (true) {
            long head = traces.head(id);
            List<Fragment> fragments = fragments(head);
            if (!fragments.isEmpty() || head == -1) {
                return fragments;
            }
            Thread.onSpinWait(); // evicted or moved in between
        }
    }

    /** Empty when a block is gone. */
    private List<Fragment> fragments(long head) {
        if (head == -1) {
            return List.of();
        }
        List<Fragment> fragments = new ArrayList<>();
        Blocks now = blocks;
        int number = (int) (head >> 32);
        int offset = (int) head;
        while (number != Block.NONE) {
            Block block = now.get(number);
            if (block == null) {
                return List.of();
            }
            BlockView view = block.view();
            fragments.add(new Fragment(block, view, offset));
            number = Block.previousBlock(view, offset);
            offset = Block.previousOffset(view, offset);
        }
        Collections.reverse(fragments);
        return fragments;
    }
}
