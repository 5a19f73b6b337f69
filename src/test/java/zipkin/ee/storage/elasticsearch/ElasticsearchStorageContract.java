package zipkin.ee.storage.elasticsearch;

import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageContract;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin.ee.testing.search.SharedNodes;
import zipkin2.storage.StorageComponent;

/** The contract of every storage, on an engine that a subclass names. */
abstract class ElasticsearchStorageContract extends StorageContract {
    private final SearchEngine engine;

    ElasticsearchStorageContract(SearchEngine engine) {
        this.engine = engine;
    }

    private SearchNode node() {
        return SharedNodes.of(engine);
    }

    @Override
    protected StorageComponent open(StorageSettings settings) {
        return new ClusterStorage.Refreshed(
                ClusterStorage.open(ClusterStorage.settings(node().address()), settings), node()::refresh);
    }

    @Override
    protected void countLinks(StorageComponent storage) {
        while (ClusterStorage.of(storage).links().countSome() > 0) {
            // until nothing is left
        }
        node().refresh();
    }

    @Override
    protected void clear() {
        node().clear();
        node().request("DELETE", "/_template/zipkin-*", "");
    }
}
