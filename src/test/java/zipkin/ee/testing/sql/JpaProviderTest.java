package zipkin.ee.testing.sql;

class JpaProviderTest extends JpaProviderContract {
    @Override
    DatabaseAccess database() {
        return H2Database.inMemory();
    }
}
