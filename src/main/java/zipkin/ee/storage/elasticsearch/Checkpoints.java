package zipkin.ee.storage.elasticsearch;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;

/**
 * How far the shards of the indices of spans are: each document has a sequence number within its
 * shard, in the order in which they came, and up to a shard's global checkpoint all copies have
 * them for good. Not to be changed once made.
 *
 * @param indices by name
 */
record Checkpoints(Map<String, Index> indices) {
    /**
     * @param uuid distinguishes an index from a later one of the same name
     * @param shards number of each primary shard, and the sequence number up to which everything is
     *     meant; -1 for nothing
     */
    record Index(String uuid, Map<Integer, Long> shards) {
        long of(int shard) {
            return shards.getOrDefault(shard, -1L);
        }
    }

    /** Reads the present checkpoints from the cluster. */
    static Checkpoints read(Cluster cluster, IndexNames names) {
        Object stats = cluster.tree(ClusterRequest.get("/" + names.name(Kind.SPAN) + "-*/_stats/indexing")
                .with("level", "shards")
                .with("ignore_unavailable", "true")
                .with(
                        "filter_path",
                        "indices.*.uuid,indices.*.shards.*.seq_no.global_checkpoint,"
                                + "indices.*.shards.*.routing.primary"));
        Map<String, Index> indices = new TreeMap<>();
        Json.object(stats, "indices").forEach((name, index) -> {
            if (names.day(Kind.SPAN, name) != null) {
                indices.put(name, new Index(Json.text(index, "uuid"), primaries(Json.object(index, "shards"))));
            }
        });
        return new Checkpoints(indices);
    }

    private static Map<Integer, Long> primaries(Map<String, @Nullable Object> shards) {
        Map<Integer, Long> primaries = new TreeMap<>();
        shards.forEach((number, copies) -> {
            for (Object copy : Json.array(copies)) {
                if (Boolean.TRUE.equals(Json.at(copy, "routing", "primary"))) {
                    primaries.put(Integer.valueOf(number), Json.number(copy, "seq_no", "global_checkpoint"));
                }
            }
        });
        return primaries;
    }

    /** Nothing of an index that is not known, or was known by another uuid. */
    Index of(String name, String uuid) {
        Index index = indices.get(name);
        return index == null || !index.uuid().equals(uuid) ? new Index(uuid, Map.of()) : index;
    }

    /** How many sequence numbers lie between the two. */
    long minus(Checkpoints earlier) {
        long difference = 0;
        for (Map.Entry<String, Index> entry : indices.entrySet()) {
            Index before = earlier.of(entry.getKey(), entry.getValue().uuid());
            for (Map.Entry<Integer, Long> shard : entry.getValue().shards().entrySet()) {
                difference += Math.max(0, shard.getValue() - before.of(shard.getKey()));
            }
        }
        return difference;
    }

    /** The first index that is further here than in {@code counted}; null when none is. */
    @Nullable
    String firstBeyond(Checkpoints counted) {
        for (Map.Entry<String, Index> entry : indices.entrySet()) {
            Index before = counted.of(entry.getKey(), entry.getValue().uuid());
            for (Map.Entry<Integer, Long> shard : entry.getValue().shards().entrySet()) {
                if (shard.getValue() > before.of(shard.getKey())) {
                    return entry.getKey();
                }
            }
        }
        return null;
    }

    /** These with another state of one index, and without indices that are gone. */
    Checkpoints with(String name, Index index, Checkpoints present) {
        Map<String, Index> changed = new TreeMap<>(indices);
        changed.keySet().retainAll(present.indices().keySet());
        changed.put(name, index);
        return new Checkpoints(changed);
    }

    static Checkpoints parse(@Nullable Object tree) {
        Map<String, Index> indices = new TreeMap<>();
        Json.object(tree).forEach((name, index) -> {
            Map<Integer, Long> shards = new TreeMap<>();
            Json.object(index, "shards")
                    .forEach((number, value) -> shards.put(Integer.valueOf(number), Json.number(value)));
            indices.put(name, new Index(Json.text(index, "uuid"), shards));
        });
        return new Checkpoints(indices);
    }

    /** The JSON that {@link #parse} reads. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new TreeMap<>();
        indices.forEach(
                (name, index) -> tree.put(name, JsonBody.object("uuid", index.uuid(), "shards", index.shards())));
        return tree;
    }
}
