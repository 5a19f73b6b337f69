package zipkin.ee.storage.elasticsearch;

import zipkin.ee.testing.search.SearchEngine;

class OpenSearch2StorageIT extends ElasticsearchStorageContract {
    OpenSearch2StorageIT() {
        super(SearchEngine.OPENSEARCH_2);
    }
}
