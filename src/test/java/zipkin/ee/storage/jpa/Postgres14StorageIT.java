package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

class Postgres14StorageIT extends SqlStorageContract {
    Postgres14StorageIT() {
        super(PostgresServer.shared(PostgresVersion.V14).createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
