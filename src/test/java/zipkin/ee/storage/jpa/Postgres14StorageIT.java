package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

@Tag("matrix")
class Postgres14StorageIT extends SqlStorageContract {
    Postgres14StorageIT() {
        super(PostgresServer.shared(PostgresVersion.V14).createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
