package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

class MysqlDriverStorageIT extends SqlStorageContract {
    MysqlDriverStorageIT() {
        super(
                MariaDbServer.byMysqlDriver(
                        MariaDbServer.shared().createDatabase().owner()),
                JpaProvider.HIBERNATE);
    }
}
