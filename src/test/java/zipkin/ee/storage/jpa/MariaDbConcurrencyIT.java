package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbConcurrencyIT extends SqlConcurrencyContract {
    MariaDbConcurrencyIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
