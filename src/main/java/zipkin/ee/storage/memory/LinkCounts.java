package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.link.Ends;
import zipkin2.DependencyLink;

/**
 * Counts how many traces of one query have each set of links, and which of them is the latest.
 * Links are listed in the order of the reference, which walks traces from the latest on. Used by
 * one thread.
 */
final class LinkCounts {
    private final LinkSets sets;
    private final Map<Ends, Sum> sums = new HashMap<>();
    private int[] bySet = new int[64];
    private long[] millis = new long[64];
    private long[] ids = new long[64];

    private static final class Sum {
        private static final Comparator<Map.Entry<Ends, Sum>> FIRST_MET =
                Comparator.<Map.Entry<Ends, Sum>>comparingLong(entry -> entry.getValue().millis)
                        .thenComparing((left, right) -> Long.compareUnsigned(left.getValue().id, right.getValue().id))
                        .reversed()
                        .thenComparingInt(entry -> entry.getValue().place);

        private long calls;
        private long errors;
        private long millis = Long.MIN_VALUE;
        private long id;
        private int place;
    }

    LinkCounts(LinkSets sets) {
        this.sets = sets;
    }

    /** Counts a trace that has a set of links. */
    void add(int set, long latestMillis, long id) {
        if (set >= bySet.length) {
            int length = Math.max(2 * set, sets.end());
            bySet = Arrays.copyOf(bySet, length);
            millis = Arrays.copyOf(millis, length);
            ids = Arrays.copyOf(ids, length);
        }
        if (bySet[set]++ == 0 || isLater(latestMillis, id, millis[set], ids[set])) {
            millis[set] = latestMillis;
            ids[set] = id;
        }
    }

    /** Counts traces that have these links, with the time and id of the latest one. */
    void add(List<DependencyLink> links, int traces, long latestMillis, long id) {
        int place = 0;
        for (DependencyLink link : links) {
            Sum sum = sums.computeIfAbsent(new Ends(link.parent(), link.child()), any -> new Sum());
            sum.calls += traces * link.callCount();
            sum.errors += traces * link.errorCount();
            if (isLater(latestMillis, id, sum.millis, sum.id)) {
                sum.millis = latestMillis;
                sum.id = id;
                sum.place = place;
            }
            place++;
        }
    }

    private static boolean isLater(long millis, long id, long thanMillis, long thanId) {
        return millis > thanMillis || (millis == thanMillis && Long.compareUnsigned(id, thanId) > 0);
    }

    List<DependencyLink> links() {
        for (int set = 0; set < bySet.length; set++) {
            if (bySet[set] > 0) {
                add(sets.links(set), bySet[set], millis[set], ids[set]);
            }
        }
        List<Map.Entry<Ends, Sum>> order = new ArrayList<>(sums.entrySet());
        order.sort(Sum.FIRST_MET);
        List<DependencyLink> links = new ArrayList<>(order.size());
        order.forEach(entry -> links.add(DependencyLink.newBuilder()
                .parent(entry.getKey().parent())
                .child(entry.getKey().child())
                .callCount(entry.getValue().calls)
                .errorCount(entry.getValue().errors)
                .build()));
        return links;
    }
}
