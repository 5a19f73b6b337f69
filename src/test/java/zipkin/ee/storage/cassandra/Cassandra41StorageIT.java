package zipkin.ee.storage.cassandra;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.cassandra.CassandraVersion;

@Tag("matrix")
class Cassandra41StorageIT extends CassandraStorageContract {
    Cassandra41StorageIT() {
        super(CassandraVersion.V4_1, false);
    }
}
