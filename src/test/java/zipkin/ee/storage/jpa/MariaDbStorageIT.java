package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MariaDbStorageIT extends SqlStorageContract {
    MariaDbStorageIT() {
        super(MariaDbServer.shared().createDatabase().owner(), JpaProvider.HIBERNATE);
    }
}
