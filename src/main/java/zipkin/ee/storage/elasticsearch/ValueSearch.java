package zipkin.ee.storage.elasticsearch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/** Reads names and values of tags from the indices of recent days. Thread safe. */
final class ValueSearch {
    /** Groups in one answer, below what engines allow by default. */
    static final int MAX_GROUPS = 65_000;

    private static final int PAGE = 10_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final Cluster cluster;
    private final IndexNames names;
    private final long lookbackMillis;
    private final int maxValues;
    private final EngineLimits limits;

    /**
     * @param lookbackMillis how old a span may be that names are taken from
     * @param maxValues most values in one answer
     */
    ValueSearch(Cluster cluster, IndexNames names, long lookbackMillis, int maxValues, EngineLimits limits) {
        this.cluster = cluster;
        this.names = names;
        this.lookbackMillis = lookbackMillis;
        this.maxValues = maxValues;
        this.limits = limits;
    }

    List<String> serviceNames(ClusterVersion version) {
        return recent(version, "localEndpoint.serviceName", null);
    }

    List<String> remoteServiceNames(ClusterVersion version, String service) {
        return recent(version, "remoteEndpoint.serviceName", Map.entry("localEndpoint.serviceName", service));
    }

    List<String> spanNames(ClusterVersion version, String service) {
        return recent(version, "name", Map.entry("localEndpoint.serviceName", service));
    }

    /** Whole minutes, so that the cluster may answer from its cache of requests. */
    private List<String> recent(ClusterVersion version, String field, Map.@Nullable Entry<String, String> condition) {
        long now = names.nowMillis();
        long to = (now / MINUTE_MILLIS + 1) * MINUTE_MILLIS;
        long from = Math.max(0, now - lookbackMillis) / MINUTE_MILLIS * MINUTE_MILLIS;
        Set<String> values = new TreeSet<>();
        addValues(values, names.addressable(Kind.SPAN, version, from, now), new ValuesBody(field, from, to, condition));
        return List.copyOf(values);
    }

    List<String> tagValues(ClusterVersion version, String key) {
        long now = names.nowMillis();
        List<String> days = names.range(Kind.AUTOCOMPLETE, version, Math.max(0, now - lookbackMillis), now);
        Set<String> values = new TreeSet<>();
        for (List<String> indices : IndexNames.portions(days)) {
            addValues(values, indices, new ValuesBody("tagValue", -1, -1, Map.entry("tagKey", key)));
        }
        return List.copyOf(values);
    }

    /** One request when that brings all, which is the usual case; else pages. */
    private void addValues(Set<String> values, List<String> indices, ValuesBody body) {
        if (indices.isEmpty()) {
            return;
        }
        int size = Math.min(MAX_GROUPS, limits.of(EngineLimit.BUCKETS));
        try {
            Object answer = ask(indices, body.most(size));
            List<@Nullable Object> groups = Json.array(answer, "aggregations", "values", "buckets");
            if (groups.size() < size) {
                groups.forEach(group -> values.add(Json.text(group, "key")));
                return;
            }
        } catch (EngineLimitException e) {
            limits.lower(e);
        }
        addPages(values, indices, body);
    }

    private void addPages(Set<String> values, List<String> indices, ValuesBody body) {
        String after = null;
        boolean more = true;
        while (more && values.size() < maxValues) {
            String last = after;
            List<@Nullable Object> groups = limits.within(() -> Json.array(
                    ask(indices, body.page(Math.min(PAGE, limits.of(EngineLimit.BUCKETS)), last)),
                    "aggregations",
                    "values",
                    "buckets"));
            for (Object group : groups) {
                after = Json.text(group, "key", "value");
                values.add(after);
            }
            more = !groups.isEmpty();
        }
    }

    private Object ask(List<String> indices, String body) {
        Object answer = cluster.tree(ClusterRequest.search(indices, body).with("request_cache", "true"));
        ShardFailures.check(Json.at(answer, "_shards"));
        return answer;
    }
}
