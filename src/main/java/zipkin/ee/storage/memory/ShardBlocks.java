package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;

/**
 * The blocks of a shard, of which the last is open for writing. Written by one thread at a time,
 * which holds the shard's lock; {@link #fragments} and {@link #forEach} are for any thread.
 */
final class ShardBlocks {
    /** How many times the spans of live traces may be stored before blocks are compacted. */
    private static final int MAX_STORED_TIMES = 2;

    /** Blocks that the oldest traces are just leaving, beyond {@link #MAX_STORED_TIMES}. */
    private static final int SPARE_BLOCKS = 2;

    /** Numbers of dead blocks per block up to which the first block stays. */
    private static final int MAX_GAPS = 4;

    private static final int FEW_BLOCKS = 64;

    private final ShardServices services;
    private final SharedNames shared;
    private final boolean searchable;
    private final SpanCursor cursor = new SpanCursor();
    private final MessageEndpoints endpoints = new MessageEndpoints();
    private volatile Blocks blocks = new Blocks(0, new Block[0]);
    private @Nullable Block open;
    private @Nullable Block endpointsOwner;
    private int blockCount;
    private long storedSpans;
    private long liveSpans;
    private long bytes;

    ShardBlocks(SharedNames shared, boolean searchable) {
        this.services = new ShardServices(shared);
        this.shared = shared;
        this.searchable = searchable;
    }

    /** Bytes of heap that all blocks and the counts of their services take. */
    long heapBytes() {
        return bytes + services.heapBytes();
    }

    @Nullable
    Block get(int number) {
        return blocks.get(number);
    }

    /** The block that the next fragment goes to. */
    Block writable() {
        Block block = open;
        if (block == null || block.isFull()) {
            if (block != null) {
                block.seal();
                bytes += block.newHeapBytes();
            }
            Blocks now = blocks;
            block = new Block(now.first() + now.array().length, searchable, services, shared);
            blocks = now.with(block);
            blockCount++;
            open = block;
        }
        return block;
    }

    /** Begins a message whose spans are added next. */
    void beginMessage() {
        endpointsOwner = null;
    }

    /** Adds a span of the message to the block's open fragment and returns its offset. */
    int add(Block block, SpanColumns message, int span, int hash) {
        if (block != endpointsOwner) {
            endpoints.begin(message.endpoints());
            endpointsOwner = block;
        }
        return block.add(message, span, hash, endpoints);
    }

    /** Accounts for spans that were added to the block's last fragment. */
    void added(Block block, int spans) {
        storedSpans += spans;
        liveSpans += spans;
        bytes += block.newHeapBytes();
    }

    /** Frees memory that an unusual message needed. */
    void endMessage() {
        endpoints.release();
    }

    /**
     * Counts the spans of a fragment as gone. A block without live spans is dropped; readers that
     * have a view of it keep that.
     */
    void discard(Fragment fragment) {
        if (searchable) {
            leaveServices(fragment);
        }
        Block block = fragment.block();
        int spans = fragment.spans();
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
        left.forEach(services::leave);
    }

    private static void leave(BlockView view, int endpoint, int spans, Map<String, Integer> left) {
        @Nullable String service = view.service(endpoint);
        if (service != null) {
            left.merge(service, spans, Integer::sum);
        }
    }

    /** The block whose live traces should move to other blocks; null when there is no need. */
    @Nullable
    Block toCompact() {
        if (storedSpans > MAX_STORED_TIMES * liveSpans + SPARE_BLOCKS * Block.SPANS) {
            return sparsest();
        }
        if (blocks.array().length > FEW_BLOCKS + MAX_GAPS * blockCount) {
            // If the first block's traces are never evicted, the array of blocks grows for ever.
            return blocks.array()[0];
        }
        return null;
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

    void forEach(Consumer<Block> action) {
        for (Block block : blocks.array()) {
            if (block != null) {
                action.accept(block);
            }
        }
    }

    /**
     * The fragments of a trace, the oldest first; empty when one of their blocks has been dropped.
     *
     * @param head location of the latest fragment, or {@link Location#NONE}
     */
    List<Fragment> fragments(long head) {
        List<Fragment> fragments = new ArrayList<>();
        Blocks now = blocks;
        long location = head;
        while (location != Location.NONE) {
            Block block = now.get(Location.block(location));
            if (block == null) {
                return List.of();
            }
            Fragment fragment = new Fragment(block, block.view(), Location.offset(location));
            fragments.add(fragment);
            location = Fragment.previous(fragment.view(), fragment.offset());
        }
        Collections.reverse(fragments);
        return fragments;
    }
}
