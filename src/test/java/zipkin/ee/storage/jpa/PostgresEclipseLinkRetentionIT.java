package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;

@Tag("matrix")
class PostgresEclipseLinkRetentionIT extends RetentionContract {
    PostgresEclipseLinkRetentionIT() {
        super(PostgresServer.shared(PostgresVersion.V18).createDatabase().owner(), JpaProvider.ECLIPSELINK);
    }
}
