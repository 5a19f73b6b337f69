package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbEclipseLinkConcurrencyIT extends SqlConcurrencyContract {
    MariaDbEclipseLinkConcurrencyIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.ECLIPSELINK);
    }
}
