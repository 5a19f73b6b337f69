package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

class Postgres18RetentionIT extends RetentionContract {
    Postgres18RetentionIT() {
        super(PostgresServer.shared(PostgresVersion.V18).createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
