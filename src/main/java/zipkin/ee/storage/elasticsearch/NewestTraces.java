package zipkin.ee.storage.elasticsearch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin2.storage.QueryRequest;

/**
 * The newest traces by groups: the engine groups spans by trace, newest first. When it makes fewer
 * groups than traces are wanted, spans up to the time of the oldest group are grouped next. Thread
 * safe.
 */
final class NewestTraces {
    /** Rounds that may find nothing but traces that are known, for their earlier spans. */
    private static final int MORE_ROUNDS = 10;

    private final Cluster cluster;
    private final EngineLimits limits;
    private final UnaryOperator<String> key;
    private final int groupsPerTrace;

    /**
     * @param key returns the key of a trace, given its id
     * @param groupsPerTrace how many terms a trace id is indexed as
     */
    NewestTraces(Cluster cluster, EngineLimits limits, UnaryOperator<String> key, int groupsPerTrace) {
        this.cluster = cluster;
        this.limits = limits;
        this.key = key;
        this.groupsPerTrace = groupsPerTrace;
    }

    /** Returns {@code known} and then the ids found, at most {@code limit}. */
    Set<String> add(Set<String> known, List<String> indices, QueryRequest request, int limit) {
        Set<String> traceIds = new LinkedHashSet<>(known);
        long from = Math.max(0, request.endTs() - request.lookback());
        long to = request.endTs();
        long rounds = MORE_ROUNDS;
        for (long round = 0; round < rounds && to > from && traceIds.size() < limit; round++) {
            QueryRequest part =
                    request.toBuilder().endTs(to).lookback(to - from).build();
            Groups groups = groups(indices, part, limit);
            for (Object group : groups.all()) {
                if (traceIds.size() < limit) {
                    traceIds.add(key.apply(Json.text(group, "key")));
                }
            }
            if (groups.all().size() < groups.size()) {
                break;
            }
            long oldest = millis(groups.all().get(groups.all().size() - 1));
            to = oldest < to ? oldest : to - 1;
            rounds = MORE_ROUNDS + 2L * groupsPerTrace * limit / groups.size();
        }
        return traceIds;
    }

    /**
     * @param size how many were asked for
     */
    private record Groups(List<@Nullable Object> all, int size) {}

    private Groups groups(List<String> indices, QueryRequest request, int limit) {
        int most = (int) Math.min((long) groupsPerTrace * limit, ValueSearch.MAX_GROUPS);
        while (true) {
            int size = Math.min(most, limits.of(EngineLimit.BUCKETS));
            try {
                Object answer = cluster.tree(ClusterRequest.search(indices, SearchBody.newestTraces(request, size)));
                ShardFailures.check(Json.at(answer, "_shards"));
                return new Groups(Json.array(answer, "aggregations", "traceId", "buckets"), size);
            } catch (EngineLimitException e) {
                // Some versions count each shard's groups.
                most = limits.lower(e) ? most : size / 2;
                if (most == 0) {
                    throw e;
                }
            }
        }
    }

    private static long millis(@Nullable Object group) {
        Object value = Json.at(group, "newest", "value");
        return value instanceof Number number ? number.longValue() : 0;
    }
}
