package zipkin.ee.testing.sql;

class JpaProviderMysqlDriverIT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return MariaDbServer.byMysqlDriver(
                MariaDbServer.shared().createDatabase().owner());
    }
}
