package zipkin.ee.storage.elasticsearch;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;

/**
 * The part of an answer that says which shards have not answered. Shards without a running copy are
 * left out of the answer, as on Zipkin's server; what any other one lacks would make the answer
 * wrong without a word.
 */
final class ShardFailures {
    private static final Set<String> NO_RUNNING_COPY = Set.of(
            "no_shard_available_action_exception",
            "node_not_connected_exception",
            "node_disconnected_exception",
            "node_closed_exception",
            "shard_not_found_exception",
            "index_not_found_exception",
            "index_closed_exception");

    private ShardFailures() {}

    /**
     * @param shards
     *     {@code {"total":5,"failed":1,"failures":[{"index":…,"reason":{"type":…,"reason":…}}]}}
     */
    static void check(@Nullable Object shards) {
        for (Object failure : Json.array(shards, "failures")) {
            String type = Json.text(failure, "reason", "type");
            if (!NO_RUNNING_COPY.contains(type)) {
                String reason = Json.text(failure, "reason", "reason");
                String what = "The index " + Json.text(failure, "index") + " could not be searched: " + type + ": "
                        + ErrorText.shorten(reason);
                throw EngineLimitException.orRefused(what, 400, type, reason);
            }
        }
    }

    /**
     * @param error of one of several searches: {@code {"root_cause":[{"type":…,"reason":…}]}}
     */
    static ClusterRefusedException failure(@Nullable Object error) {
        Object cause = Json.at(error, "root_cause", 0) == null ? error : Json.at(error, "root_cause", 0);
        String type = Json.text(cause, "type");
        String reason = Json.text(cause, "reason");
        String index = Json.text(cause, "index");
        String what = "A search" + (index.isEmpty() ? "" : " of " + index) + " failed: " + type + ": "
                + ErrorText.shorten(reason);
        return EngineLimitException.orRefused(what, 400, type, reason);
    }
}
