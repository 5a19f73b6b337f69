package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;

/**
 * Finds out whether a shard already has a span that a message brings: small traces are read span by
 * span, large ones have a {@link SpanTable}. Used by one thread at a time.
 */
final class StoredSpans {
    private final TraceIndex traces;
    private final ShardBlocks blocks;
    private final SpanCursor cursor = new SpanCursor();

    StoredSpans(TraceIndex traces, ShardBlocks blocks) {
        this.traces = traces;
        this.blocks = blocks;
    }

    /**
     * Whether the trace has this span, in stored fragments or in the open one.
     *
     * @param block the block that the trace's next fragment is being written to
     * @param slot the trace in {@link TraceIndex}
     * @param hash the {@link SpanHash}
     */
    boolean contains(Block block, int slot, SpanColumns message, int span, int hash) {
        if (traces.spans(slot) == 0) {
            return false;
        }
        @Nullable SpanTable table = traces.table(slot);
        if (table == null) {
            return traces.mayHave(slot, hash) && isAmongFew(block, slot, message, span, hash);
        }
        for (int i = table.first(hash); i != SpanTable.NONE; i = table.next(i, hash)) {
            int offset = Location.offset(table.location(i));
            Block holder = Objects.requireNonNull(blocks.get(Location.block(table.location(i))));
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

    /** All spans of the trace so far, including those of the open fragment. */
    SpanTable table(Block block, int slot) {
        return table(withOpenFragment(block, slot));
    }

    SpanTable table(List<Fragment> fragments) {
        SpanTable table = new SpanTable();
        for (Fragment fragment : fragments) {
            fragment.open(cursor);
            while (cursor.next()) {
                table.add(cursor.hash, Location.of(fragment.block().number(), cursor.offset()));
            }
        }
        return table;
    }

    private List<Fragment> withOpenFragment(Block block, int slot) {
        List<Fragment> fragments = new ArrayList<>(blocks.fragments(traces.headOf(slot)));
        fragments.add(block.openFragment());
        return fragments;
    }
}
