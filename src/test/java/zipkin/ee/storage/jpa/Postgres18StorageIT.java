package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

class Postgres18StorageIT extends SqlStorageContract {
    Postgres18StorageIT() {
        super(PostgresServer.shared(PostgresVersion.V18).createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
