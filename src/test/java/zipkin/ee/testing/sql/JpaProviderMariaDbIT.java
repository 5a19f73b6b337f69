package zipkin.ee.testing.sql;

class JpaProviderMariaDbIT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return MariaDbServer.shared().createDatabase().owner();
    }
}
