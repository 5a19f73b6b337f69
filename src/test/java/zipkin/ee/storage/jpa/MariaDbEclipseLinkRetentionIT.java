package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

@Tag("matrix")
class MariaDbEclipseLinkRetentionIT extends RetentionContract {
    MariaDbEclipseLinkRetentionIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.ECLIPSELINK);
    }
}
