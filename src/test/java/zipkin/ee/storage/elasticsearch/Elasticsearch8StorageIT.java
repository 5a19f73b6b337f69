package zipkin.ee.storage.elasticsearch;

import zipkin.ee.testing.search.SearchEngine;

class Elasticsearch8StorageIT extends ElasticsearchStorageContract {
    Elasticsearch8StorageIT() {
        super(SearchEngine.ELASTICSEARCH_8);
    }
}
