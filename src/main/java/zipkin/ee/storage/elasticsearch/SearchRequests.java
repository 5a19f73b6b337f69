package zipkin.ee.storage.elasticsearch;

import java.util.List;

/** Requests for searches. */
final class SearchRequests {
    private SearchRequests() {}

    /**
     * A search of those of the indices that are there and open.
     *
     * @param indices names or patterns, as many as fit into one address
     */
    static ClusterRequest search(List<String> indices, String body) {
        return ClusterRequest.post("/" + String.join(",", indices) + "/_search", body)
                .with("allow_no_indices", "true")
                .with("expand_wildcards", "open")
                .with("ignore_unavailable", "true");
    }
}
