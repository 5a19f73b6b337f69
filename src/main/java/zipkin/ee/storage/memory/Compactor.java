package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.List;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.codec.SpansToColumns;
import zipkin2.Span;

/**
 * Rewrites the live traces of a block, so that the block can be dropped. Used by one thread at a
 * time.
 */
final class Compactor {
    /** Bytes of spans that are rewritten together: they are objects meanwhile. */
    private static final int BATCH_BYTES = 1 << 18;

    private final TraceIndex traces;
    private final ShardBlocks blocks;
    private final StoredSpans stored;
    private final SpanCursor cursor = new SpanCursor();

    Compactor(TraceIndex traces, ShardBlocks blocks, StoredSpans stored) {
        this.traces = traces;
        this.blocks = blocks;
        this.stored = stored;
    }

    void moveTracesOf(Block block) {
        BlockView view = block.view();
        LongSet done = new LongSet();
        for (int at = 0; at < view.length(); at = Fragment.end(view, at)) {
            long id = Fragment.traceId(view, at);
            int slot = done.add(id) ? traces.slot(id) : TraceIndex.NO_TRACE;
            if (slot != TraceIndex.NO_TRACE) {
                List<Fragment> old = blocks.fragments(traces.headOf(slot));
                if (old.stream().anyMatch(fragment -> fragment.block() == block)) {
                    move(slot, id, old);
                }
            }
        }
    }

    /** Rewrites a whole trace, as few fragments, and discards the old ones. */
    private void move(int slot, long id, List<Fragment> old) {
        List<Fragment> moved = new ArrayList<>();
        List<Span> batch = new ArrayList<>();
        long batchBytes = 0;
        for (Fragment fragment : old) {
            fragment.open(cursor);
            while (cursor.next()) {
                Span span = cursor.span();
                batch.add(span);
                batchBytes += SpanSize.of(span);
                if (batch.size() == Block.SPANS || batchBytes > BATCH_BYTES) {
                    moved.add(write(slot, id, batch, moved));
                    batch.clear();
                    batchBytes = 0;
                }
            }
        }
        if (!batch.isEmpty()) {
            moved.add(write(slot, id, batch, moved));
        }
        if (traces.table(slot) != null) {
            traces.remember(slot, stored.table(moved));
        }
        traces.setHead(slot, moved.get(moved.size() - 1).location());
        old.forEach(blocks::discard);
    }

    /** Writes spans as the trace's next fragment, which readers see once the head is set. */
    private Fragment write(int slot, long id, List<Span> spans, List<Fragment> before) {
        SpanColumns message = SpansToColumns.toColumns(spans);
        Block block = blocks.writable();
        blocks.beginMessage();
        block.beginFragment(
                id,
                before.isEmpty() ? Location.NONE : before.get(before.size() - 1).location());
        for (int span = 0; span < message.size(); span++) {
            blocks.add(block, message, span, SpanHash.of(message, span));
        }
        int offset = block.endFragment();
        blocks.added(block, message.size());
        blocks.endMessage();
        block.include(traces.earliest(slot), traces.latest(slot));
        return new Fragment(block, block.view(), offset);
    }
}
