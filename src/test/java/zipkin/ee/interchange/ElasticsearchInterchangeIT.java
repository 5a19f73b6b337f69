package zipkin.ee.interchange;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.ReferenceServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;

class ElasticsearchInterchangeIT {
    @Test
    void indices_areSharedWithTheReference() {
        try (SearchNode node = SearchNode.start(SearchEngine.OPENSEARCH_2)) {
            Map<String, String> settings = Map.of(
                    "STORAGE_TYPE", "elasticsearch",
                    "ES_HOSTS", node.address(),
                    "ES_INDEX_SHARDS", "2",
                    "ES_INDEX_REPLICAS", "0",
                    "AUTOCOMPLETE_KEYS", "environment");
            Map<String, String> withLinks = new HashMap<>(settings);
            withLinks.put("DEPENDENCY_LINKS_REST", "1s");
            try (ZipkinEeServer ours = ZipkinEeServer.start(withLinks);
                    ReferenceServer reference = ReferenceServer.start(settings)) {
                Interchange interchange = new Interchange(new ZipkinHttp(reference.uri()), new ZipkinHttp(ours.uri()));
                interchange.write();
                interchange.assertTracesAreWhole();
                interchange.assertAnswersAreEqual();
                interchange.assertLinksAreEqual(Map.of("frontend>backend", 8, "backend>mysql", 8));
            }
        }
    }
}
