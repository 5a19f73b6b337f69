package zipkin.ee.testing.sql;

class JpaProviderPostgres14IT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return PostgresServer.shared(PostgresVersion.V14).createDatabase().owner();
    }
}
