package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbRetentionIT extends RetentionContract {
    MariaDbRetentionIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
