package zipkin.ee.interchange;

import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SharedNodes;

class ElasticsearchInterchangeIT {
    @Test
    void indices_areSharedWithTheReference() {
        Map<String, String> settings = Map.of(
                "STORAGE_TYPE",
                "elasticsearch",
                "ES_HOSTS",
                SharedNodes.of(SearchEngine.OPENSEARCH_2).address(),
                "ES_INDEX",
                "interchange",
                "ES_INDEX_SHARDS",
                "2",
                "ES_INDEX_REPLICAS",
                "0",
                "AUTOCOMPLETE_KEYS",
                "environment");
        Interchange.assertShared(settings, Map.of("frontend>backend", 8, "backend>mysql", 8));
    }
}
