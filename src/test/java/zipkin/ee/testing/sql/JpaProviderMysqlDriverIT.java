package zipkin.ee.testing.sql;

import org.junit.jupiter.api.Tag;

@Tag("matrix")
class JpaProviderMysqlDriverIT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return MariaDbServer.byMysqlDriver(
                MariaDbServer.shared().createDatabase().owner());
    }
}
