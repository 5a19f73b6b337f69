package zipkin.ee.storage.cassandra;

import zipkin.ee.testing.cassandra.CassandraVersion;

class Cassandra50StorageIT extends CassandraStorageContract {
    Cassandra50StorageIT() {
        super(CassandraVersion.V5_0, false);
    }
}
