package zipkin.ee.storage.elasticsearch;

import java.time.Duration;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageContract;
import zipkin.ee.testing.search.SearchEngine;
import zipkin.ee.testing.search.SearchNode;
import zipkin.ee.testing.search.SharedNodes;
import zipkin2.storage.StorageComponent;

/** The contract of every storage, on an engine that a subclass names. */
abstract class ElasticsearchStorageContract extends StorageContract {
    private static final String PREFIX = "contract";
    private static final String ALL = PREFIX + "*";

    private final SearchEngine engine;

    ElasticsearchStorageContract(SearchEngine engine) {
        this.engine = engine;
    }

    private SearchNode node() {
        return SharedNodes.of(engine);
    }

    /** Templates depend on the settings, and are made once for each. */
    private static String prefix(StorageSettings settings) {
        return PREFIX + (settings.strictTraceId() ? "" : "_lenient") + (settings.searchEnabled() ? "" : "_unsearched");
    }

    @Override
    protected StorageComponent open(StorageSettings settings) {
        return new ClusterStorage.Refreshed(
                ClusterStorage.open(
                        ClusterStorage.settings(prefix(settings), Duration.ZERO, node().address()), settings),
                () -> node().refresh(ALL));
    }

    @Override
    protected void countLinks(StorageComponent storage) {
        while (ClusterStorage.of(storage).aggregator().aggregateNext() > 0) {
            // until nothing is left
        }
        node().refresh(ALL);
    }

    @Override
    protected void clear() {
        node().clear(ALL);
    }
}
