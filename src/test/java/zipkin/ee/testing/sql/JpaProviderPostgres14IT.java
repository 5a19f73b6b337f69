package zipkin.ee.testing.sql;

import org.junit.jupiter.api.Tag;

@Tag("matrix")
class JpaProviderPostgres14IT extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return PostgresServer.shared(PostgresVersion.V14).createDatabase().owner();
    }
}
