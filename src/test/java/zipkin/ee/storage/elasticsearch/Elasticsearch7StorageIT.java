package zipkin.ee.storage.elasticsearch;

import zipkin.ee.testing.search.SearchEngine;

class Elasticsearch7StorageIT extends ElasticsearchStorageContract {
    Elasticsearch7StorageIT() {
        super(SearchEngine.ELASTICSEARCH_7);
    }
}
