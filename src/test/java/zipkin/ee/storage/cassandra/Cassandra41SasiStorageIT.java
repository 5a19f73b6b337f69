package zipkin.ee.storage.cassandra;

import zipkin.ee.testing.cassandra.CassandraVersion;

class Cassandra41SasiStorageIT extends CassandraStorageContract {
    Cassandra41SasiStorageIT() {
        super(CassandraVersion.V4_1, true);
    }
}
