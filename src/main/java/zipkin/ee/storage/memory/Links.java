package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import zipkin.ee.budget.Budget;
import zipkin.ee.link.TraceLinker;
import zipkin2.DependencyLink;
import zipkin2.Span;

/**
 * The dependency links of all stored traces. The links of a trace are cached until it gets another
 * span or is evicted, as the number of a set in {@link LinkSets}. So a query only has to link
 * traces that changed since the last query or {@link #catchUp}, and those beyond the budget, and to
 * count sets. Thread safe; queries run one at a time.
 */
final class Links {
    private static final byte[] ERROR = Terms.bytes("error");
    private static final int ERROR_HASH = Terms.hash("error");

    private final Shards shards;
    private final Budget budget;
    private final LinkSets sets;
    private final Map<Shard, Known> known = new HashMap<>();
    private final SpanCursor cursor = new SpanCursor();
    private long linked;
    private boolean full;

    /** For each slot of a shard, the set of links of its trace, and the head of the trace then. */
    private static final class Known {
        private static final int SLOT_BYTES = Long.BYTES + Integer.BYTES;

        private final Budget budget;
        private long[] heads = new long[0];
        private int[] sets = new int[0];

        Known(Budget budget) {
            this.budget = budget;
        }

        boolean has(int slot, long head) {
            return slot < heads.length && heads[slot] == head;
        }

        void put(int slot, long head, int set) {
            if (slot < heads.length || grow(slot)) {
                heads[slot] = head;
                sets[slot] = set;
            }
        }

        private boolean grow(int slot) {
            int before = heads.length;
            int longer = Math.max(64, 2 * slot);
            if (!budget.take((long) SLOT_BYTES * (longer - before))) {
                return false;
            }
            heads = Arrays.copyOf(heads, longer);
            Arrays.fill(heads, before, longer, -1);
            sets = Arrays.copyOf(sets, longer);
            return true;
        }
    }

    Links(Shards shards, Budget budget) {
        this.shards = shards;
        this.budget = budget;
        this.sets = new LinkSets(budget);
    }

    /**
     * Returns the links of all traces that have a span from {@code beginMillis} to
     * {@code endMillis}.
     *
     * @throws CancellationException when the thread is interrupted, as at QUERY_TIMEOUT; the next
     *     call continues there
     */
    synchronized List<DependencyLink> between(long beginMillis, long endMillis) {
        forgetGone();
        LinkCounts counts = new LinkCounts(sets);
        shards.forEach(shard -> {
            Known here = known(shard);
            shard.forEachTrace((slot, id, minMillis, maxMillis, head) -> {
                if (minMillis <= endMillis && maxMillis >= beginMillis) {
                    long latest = maxMillis <= endMillis ? maxMillis : latest(shard, id, beginMillis, endMillis);
                    if (latest >= beginMillis) {
                        if (here.has(slot, head) && here.sets[slot] != LinkSets.NONE) {
                            counts.add(here.sets[slot], latest, id);
                        } else {
                            counts.add(remember(shard, here, slot, id, head), 1, latest, id);
                        }
                    }
                }
            });
        });
        return counts.links();
    }

    /**
     * Links all traces that are not linked yet, shard by shard, so that a query waits for one shard
     * at most.
     *
     * @return the number of traces linked
     * @throws CancellationException when the thread is interrupted
     */
    long catchUp() {
        forgetGone();
        long[] traces = {0};
        shards.forEach(shard -> traces[0] += catchUp(shard));
        return traces[0];
    }

    private synchronized long catchUp(Shard shard) {
        long before = linked;
        Known here = known(shard);
        shard.forEachTrace((slot, id, minMillis, maxMillis, head) -> {
            if (!full && !here.has(slot, head)) {
                remember(shard, here, slot, id, head);
            }
        });
        return linked - before;
    }

    /** Removes the sets of traces that were evicted or have new spans. */
    private synchronized void forgetGone() {
        BitSet kept = new BitSet();
        shards.forEach(shard -> {
            Known here = known(shard);
            BitSet slots = new BitSet();
            shard.forEachTrace((slot, id, minMillis, maxMillis, head) -> {
                if (here.has(slot, head) && here.sets[slot] != LinkSets.NONE) {
                    slots.set(slot);
                    kept.set(here.sets[slot]);
                }
            });
            for (int slot = slots.nextClearBit(0); slot < here.heads.length; slot = slots.nextClearBit(slot + 1)) {
                here.heads[slot] = -1;
            }
        });
        sets.retain(kept);
        full = false;
    }

    private Known known(Shard shard) {
        return known.computeIfAbsent(shard, any -> new Known(budget));
    }

    private List<DependencyLink> remember(Shard shard, Known here, int slot, long id, long head) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The query took too long; what it has linked is remembered");
        }
        List<DependencyLink> links = link(shard.trace(id));
        int set = full ? LinkSets.NONE : sets.number(links);
        full = set == LinkSets.NONE;
        here.put(slot, head, set);
        linked++;
        return links;
    }

    /** Returns the time of the trace's latest span within a time range. */
    private long latest(Shard shard, long id, long beginMillis, long endMillis) {
        long latest = Long.MIN_VALUE;
        for (Fragment fragment : shard.trace(id)) {
            fragment.open(cursor);
            while (cursor.next()) {
                long millis = cursor.timestampMicros / 1000;
                if (millis >= beginMillis && millis <= endMillis) {
                    latest = Math.max(latest, millis);
                }
            }
        }
        return latest;
    }

    private List<DependencyLink> link(List<Fragment> fragments) {
        List<Span> spans = new ArrayList<>();
        for (Fragment fragment : fragments) {
            int error = fragment.view().texts().find(ERROR, ERROR_HASH);
            fragment.open(cursor);
            while (cursor.next()) {
                spans.add(cursor.linkedSpan(error));
            }
        }
        return TraceLinker.link(spans);
    }
}
