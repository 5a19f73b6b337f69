package zipkin.ee.storage.memory;

import java.util.List;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;

/** The dependency links of all traces that have a span between two times. Used by one thread, once. */
final class LinkQuery {
    private final Shards shards;
    private final long beginMillis;
    private final long endMillis;
    private final LongSet seen = new LongSet();
    private final DependencyLinker linker = new DependencyLinker();

    LinkQuery(Shards shards, long beginMillis, long endMillis) {
        this.shards = shards;
        this.beginMillis = beginMillis;
        this.endMillis = endMillis;
    }

    List<DependencyLink> run() {
        shards.forEachBlock(block -> {
            if (block.maxMillis() >= beginMillis && block.minMillis() <= endMillis) {
                BlockView view = block.view();
                for (int at = 0; at < view.length(); at = Block.end(view, at)) {
                    add(Block.traceId(view, at));
                }
            }
        });
        return linker.link();
    }

    private void add(long id) {
        if (!seen.add(id)) {
            return;
        }
        List<Span> spans = Shard.spans(shards.of(id).trace(id));
        if (spans.stream().anyMatch(span -> isWithin(span.timestampAsLong() / 1000))) {
            linker.putTrace(spans);
        }
    }

    private boolean isWithin(long millis) {
        return millis >= beginMillis && millis <= endMillis;
    }
}
