package zipkin.ee.storage.elasticsearch;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zipkin.ee.json.Json;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

/**
 * What runs in the cluster.
 *
 * @param openSearch whether it is OpenSearch rather than Elasticsearch
 */
record ClusterVersion(boolean openSearch, int major, String number) {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.\\d+.*");

    /**
     * Asks the cluster.
     *
     * @throws UnusableStorageException when Zipkin can't use this version
     */
    static ClusterVersion of(Cluster cluster) {
        Object info;
        try {
            info = cluster.tree(ClusterRequest.get("/"));
        } catch (ClusterRefusedException e) {
            // A cluster without that resource, or behind a proxy that does not let it through
            return ofNodes(cluster);
        }
        return parse(Json.text(info, "version", "distribution"), Json.text(info, "version", "number"));
    }

    private static ClusterVersion ofNodes(Cluster cluster) {
        Object answer = cluster.tree(ClusterRequest.get("/_nodes/_local").with("filter_path", "nodes.*.version"));
        Map<String, ?> nodes = Json.object(answer, "nodes");
        String number =
                nodes.isEmpty() ? "" : Json.text(nodes.values().iterator().next(), "version");
        return parse("", number);
    }

    private static ClusterVersion parse(String distribution, String number) {
        Matcher matcher = NUMBER.matcher(number);
        boolean openSearch = distribution.equalsIgnoreCase("opensearch");
        int major = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (openSearch ? major < 1 || major > 3 : major < 7 || major > 9) {
            throw new UnusableStorageException(
                    "ES_HOSTS leads to "
                            + (openSearch ? "OpenSearch " : "Elasticsearch ")
                            + (number.isEmpty() ? "of unknown version" : number)
                            + ". Supported are Elasticsearch 7 to 9 and OpenSearch 1 to 3.",
                    StorageUnavailableException.USUAL_REASON,
                    null);
        }
        return new ClusterVersion(openSearch, major, number);
    }

    /**
     * Whether there may be indices of Elasticsearch 6, whose names have a colon:
     * {@code zipkin:span-2019-05-03}.
     */
    boolean mayHaveColons() {
        return openSearch ? major == 1 : major == 7;
    }

    @Override
    public String toString() {
        return (openSearch ? "OpenSearch " : "Elasticsearch ") + number;
    }
}
