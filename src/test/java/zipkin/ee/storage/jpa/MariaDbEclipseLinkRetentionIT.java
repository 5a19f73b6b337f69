package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbEclipseLinkRetentionIT extends RetentionContract {
    MariaDbEclipseLinkRetentionIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.ECLIPSELINK);
    }
}
