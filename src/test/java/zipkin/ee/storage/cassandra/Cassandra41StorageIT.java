package zipkin.ee.storage.cassandra;

import zipkin.ee.testing.cassandra.CassandraVersion;

class Cassandra41StorageIT extends CassandraStorageContract {
    Cassandra41StorageIT() {
        super(CassandraVersion.V4_1, false);
    }
}
