package zipkin.ee.storage.elasticsearch;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.search.SearchEngine;

@Tag("matrix")
class Elasticsearch7StorageIT extends ElasticsearchStorageContract {
    Elasticsearch7StorageIT() {
        super(SearchEngine.ELASTICSEARCH_7);
    }
}
