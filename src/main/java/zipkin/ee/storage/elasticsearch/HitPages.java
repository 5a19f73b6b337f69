package zipkin.ee.storage.elasticsearch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all hits of a search, page by page. Pages are sorted by index and sequence number, which
 * each document has on each engine: unlike a scroll or a point in time, that keeps nothing open in
 * the cluster which is limited or expires. Thread safe.
 */
final class HitPages {
    private final Cluster cluster;
    private final EngineLimits limits;

    /**
     * The place of a document in the order of pages; a shard's sequence number may be another
     * shard's too.
     */
    record Place(String index, long sequence) {}

    /** Makes the request for one page. */
    @FunctionalInterface
    interface PageRequest {
        /**
         * @param after hits up to this place are left out; null for none
         */
        ClusterRequest of(int size, @Nullable Place after);
    }

    HitPages(Cluster cluster, EngineLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * At most {@code max} hits, those in the first places.
     *
     * @param asking for hits with their sequence numbers, sorted by place
     */
    <T> List<Hit<T>> read(int max, PageRequest asking, Hit.SourceReading<T> reading) {
        List<Hit<T>> all = new ArrayList<>();
        Place last = null;
        Place after = null;
        Set<String> idsAtLast = new HashSet<>();
        int pageSize = Integer.MAX_VALUE;
        while (all.size() < max) {
            Place from = after;
            Page<T> page = limits.page(
                    Math.min(pageSize, max),
                    size -> new Page<>(
                            cluster.call(asking.of(size, from), parser -> Hits.read(parser, reading))
                                    .items(),
                            size));
            pageSize = page.size();
            int fresh = 0;
            for (Hit<T> hit : page.hits()) {
                Place place = new Place(hit.index(), hit.sequence());
                if (!place.equals(last)) {
                    last = place;
                    idsAtLast.clear();
                }
                if (idsAtLast.add(hit.id())) {
                    fresh++;
                    all.add(hit);
                }
            }
            if (last == null || page.hits().size() < pageSize) {
                break;
            }
            // The last place is read again, since documents of other shards may be in it, unless it
            // has filled a page.
            after = fresh == 0 ? last : new Place(last.index(), last.sequence() - 1);
        }
        return all.size() > max ? all.subList(0, max) : all;
    }

    /**
     * @param size how many hits were asked for
     */
    private record Page<T>(List<Hit<T>> hits, int size) {}
}
