package zipkin.ee.storage.jpa;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

@Tag("matrix")
class MysqlDriverStorageIT extends SqlStorageContract {
    MysqlDriverStorageIT() {
        super(
                MariaDbServer.byMysqlDriver(
                        MariaDbServer.shared().createDatabase().owner()),
                JpaProvider.HIBERNATE);
    }
}
