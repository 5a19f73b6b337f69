package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;

/**
 * The dependency links of the traces that are stored. A trace's links are remembered until it gets another span, as the number of the set that they are: most traces
 * have the same few sets. So a query links what came since the one before or since {@link #catchUp}, and counts sets. Any number of threads may ask; one is answered after the other.
 */
final class Links {
    /** Sets of links beyond which all are forgotten. */
    private static final int MAX_SETS = 100_000;

    private static final byte[] ERROR = Terms.bytes("error");
    private static final int ERROR_HASH = Terms.hash("error");

    private final Shards shards;
    private final Map<List<DependencyLink>, Integer> numbers = new HashMap<>();
    private final List<List<DependencyLink>> sets = new ArrayList<>();
    private final Map<Shard, Known> known = new HashMap<>();
    private final SpanCursor cursor = new SpanCursor();
    private long linked;

    /** By a shard's slots, the set of the links of the trace that was there, and its head when it was linked. */
    private static final class Known {
        private long[] heads = new long[0];
        private int[] sets = new int[0];

        void reserve(int slot) {
            if (slot >= heads.length) {
                int longer = Math.max(64, 2 * slot);
                int before = heads.length;
                heads = Arrays.copyOf(heads, longer);
                Arrays.fill(heads, before, longer, -1);
                sets = Arrays.copyOf(sets, longer);
            }
        }
    }

    Links(Shards shards) {
        this.shards = shards;
    }

    /**
     * Those of all traces that have a span from {@code beginMillis} to {@code endMillis}.
     *
     * @throws CancellationException when its thread is interrupted, as at QUERY_TIMEOUT; the next call goes on from there
     */
    synchronized List<DependencyLink> between(long beginMillis, long endMillis) {
        if (sets.size() > MAX_SETS) {
            sets.clear();
            numbers.clear();
            known.clear();
        }
        Counts counts = new Counts();
        shards.forEach(shard -> {
            Known here = known(shard);
            shard.forEachTrace((slot, id, minMillis, maxMillis, head) -> {
                if (minMillis <= endMillis && maxMillis >= beginMillis) {
                    long latest = maxMillis <= endMillis ? maxMillis : latest(shard, id, beginMillis, endMillis);
                    if (latest >= beginMillis) {
                        counts.add(setOf(shard, here, slot, id, head), latest, id);
                    }
                }
            });
        });
        return counts.links();
    }

    /**
     * Links what is not linked yet, shard by shard, so that a query waits for one at most.
     *
     * @return how many traces that were
     * @throws CancellationException when its thread is interrupted
     */
    long catchUp() {
        long[] traces = {0};
        shards.forEach(shard -> traces[0] += catchUp(shard));
        return traces[0];
    }

    private synchronized long catchUp(Shard shard) {
        if (sets.size() > MAX_SETS) {
            return 0; // what is linked now would be forgotten by the next query
        }
        long before = linked;
        Known here = known(shard);
        shard.forEachTrace((slot, id, minMillis, maxMillis, head) -> setOf(shard, here, slot, id, head));
        return linked - before;
    }

    private Known known(Shard shard) {
        return known.computeIfAbsent(shard, any -> new Known());
    }

    private int setOf(Shard shard, Known here, int slot, long id, long head) {
        here.reserve(slot);
        if (here.heads[slot] != head) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("The query took too long; what it has linked is remembered");
            }
            here.sets[slot] = number(link(shard.trace(id)));
            here.heads[slot] = head;
            linked++;
        }
        return here.sets[slot];
    }

    private int number(List<DependencyLink> links) {
        return numbers.computeIfAbsent(links, any -> {
            sets.add(links);
            return sets.size() - 1;
        });
    }

    /** Of the spans within the time the latest, for the few traces that end after it. */
    private long latest(Shard shard, long id, long beginMillis, long endMillis) {
        long latest = Long.MIN_VALUE;
        for (Shard.Fragment fragment : shard.trace(id)) {
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

    private List<DependencyLink> link(List<Shard.Fragment> fragments) {
        List<Span> spans = new ArrayList<>();
        for (Shard.Fragment fragment : fragments) {
            int error = fragment.view().texts().find(ERROR, ERROR_HASH);
            fragment.open(cursor);
            while (cursor.next()) {
                spans.add(cursor.linkedSpan(error));
            }
        }
        return spans.isEmpty()
                ? List.of()
                : new DependencyLinker().putTrace(spans).link();
    }

    /** How often each set of links was met, and in which trace first: the reference walks traces from the latest on. */
    private final class Counts {
        private int[] bySet = new int[64];
        private long[] millis = new long[64];
        private long[] ids = new long[64];

        void add(int set, long latestMillis, long id) {
            if (set >= bySet.length) {
                bySet = Arrays.copyOf(bySet, 2 * set);
                millis = Arrays.copyOf(millis, 2 * set);
                ids = Arrays.copyOf(ids, 2 * set);
            }
            boolean isFirst = bySet[set]++ == 0
                    || latestMillis > millis[set]
                    || (latestMillis == millis[set] && Long.compareUnsigned(id, ids[set]) > 0);
            if (isFirst) {
                millis[set] = latestMillis;
                ids[set] = id;
            }
        }

        List<DependencyLink> links() {
            Map<List<String>, long[]> sums = new LinkedHashMap<>();
            IntStream.range(0, bySet.length)
                    .filter(set -> bySet[set] > 0)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingLong(set -> millis[set])
                            .thenComparing((left, right) -> Long.compareUnsigned(ids[left], ids[right]))
                            .reversed())
                    .forEach(set -> addTo(sums, set));
            List<DependencyLink> links = new ArrayList<>();
            sums.forEach((ends, sum) -> links.add(DependencyLink.newBuilder()
                    .parent(ends.get(0))
                    .child(ends.get(1))
                    .callCount(sum[0])
                    .errorCount(sum[1])
                    .build()));
            return links;
        }

        private void addTo(Map<List<String>, long[]> sums, int set) {
            for (DependencyLink link : sets.get(set)) {
                long[] sum = sums.computeIfAbsent(List.of(link.parent(), link.child()), any -> new long[2]);
                sum[0] += bySet[set] * link.callCount();
                sum[1] += bySet[set] * link.errorCount();
            }
        }
    }
}
