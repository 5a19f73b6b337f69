package zipkin.ee.storage.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request to the cluster.
 *
 * @param path with a leading slash, not escaped
 * @param parameters of the query string, not escaped
 * @param body JSON, or lines of JSON when {@code lines}; empty for none
 * @param ignoreMissing whether 404 is an answer like any other
 */
record ClusterRequest(
        String method, String path, Map<String, String> parameters, Body body, boolean lines, boolean ignoreMissing) {
    private static final Body NO_BODY = new Body(new byte[0], 0);

    /** The first bytes of an array that nobody changes while the request is sent. */
    static final class Body {
        private final byte[] bytes;
        private final int length;

        Body(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        static Body of(String json) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return new Body(bytes, bytes.length);
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        @Override
        public String toString() {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
    }

    static ClusterRequest get(String path) {
        return new ClusterRequest("GET", path, Map.of(), NO_BODY, false, false);
    }

    static ClusterRequest delete(String path) {
        return new ClusterRequest("DELETE", path, Map.of(), NO_BODY, false, false);
    }

    static ClusterRequest put(String path, String json) {
        return new ClusterRequest("PUT", path, Map.of(), Body.of(json), false, false);
    }

    static ClusterRequest post(String path, String json) {
        return new ClusterRequest("POST", path, Map.of(), Body.of(json), false, false);
    }

    /**
     * A search of those of the indices that exist and are open.
     *
     * @param indices names or patterns, as many as fit into one address
     */
    static ClusterRequest search(List<String> indices, String body) {
        return post("/" + String.join(",", indices) + "/_search", body)
                .with("allow_no_indices", "true")
                .with("expand_wildcards", "open")
                .with("ignore_unavailable", "true");
    }

    static ClusterRequest bulk(Body body) {
        return new ClusterRequest("POST", "/_bulk", Map.of(), body, true, false);
    }

    ClusterRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new ClusterRequest(method, path, more, body, lines, ignoreMissing);
    }

    /** This request, with an answer of 404 treated as any other. */
    ClusterRequest ignoringMissing() {
        return new ClusterRequest(method, path, parameters, body, lines, true);
    }
}
