package zipkin.ee.storage.cassandra;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.storage.StorageContract;
import zipkin.ee.testing.cassandra.CassandraVersion;
import zipkin.ee.testing.cassandra.SharedCassandra;
import zipkin2.storage.StorageComponent;

/** The contract of every storage, on a Cassandra that a subclass names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CassandraStorageContract extends StorageContract {
    private static final StorageSettings USUAL =
            new StorageSettings("cassandra3", List.of(), true, true, List.of(), Duration.ofHours(1));

    private final CassandraKeyspace keyspace;
    private final CassandraStorage cleaner;

    CassandraStorageContract(CassandraVersion version, boolean sasi) {
        this.keyspace = new CassandraKeyspace(SharedCassandra.of(version, sasi));
        this.cleaner = keyspace.open(USUAL);
        cleaner.open();
    }

    @Override
    protected StorageComponent open(StorageSettings settings) {
        return keyspace.open(settings);
    }

    @Override
    protected void countLinks(StorageComponent storage) {
        DependencyAggregator links = ((CassandraStorage) storage).aggregator();
        // The first look begins the counting, with what was stored in the last minutes.
        links.aggregateNext();
        while (links.aggregateNext() > 0) {
            // until nothing is left
        }
    }

    @Override
    protected void clear() {
        CassandraKeyspace.clear(cleaner);
    }

    @AfterAll
    void close() {
        cleaner.close();
    }
}
