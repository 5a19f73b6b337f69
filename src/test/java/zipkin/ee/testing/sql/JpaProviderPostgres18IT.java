package zipkin.ee.testing.sql;

class JpaProviderPostgres18IT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return PostgresServer.shared(PostgresVersion.V18).createDatabase().owner();
    }
}
