package zipkin.ee.storage.cassandra;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.cassandra.CassandraVersion;

@Tag("matrix")
class Cassandra41SasiStorageIT extends CassandraStorageContract {
    Cassandra41SasiStorageIT() {
        super(CassandraVersion.V4_1, true);
    }
}
