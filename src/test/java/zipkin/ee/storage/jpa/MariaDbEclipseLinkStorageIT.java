package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbEclipseLinkStorageIT extends SqlStorageContract {
    MariaDbEclipseLinkStorageIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.ECLIPSELINK);
    }
}
