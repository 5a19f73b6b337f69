package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

/** With the isolation of the data source in server-config. */
class MariaDbConcurrencyIT extends SqlConcurrencyContract {
    MariaDbConcurrencyIT() {
        super(readCommitted(MariaDbServer.shared().createDatabase().owner()), JpaProvider.HIBERNATE);
    }

    private static DatabaseAccess readCommitted(DatabaseAccess access) {
        return new DatabaseAccess(
                access.jdbcUrl() + "?transactionIsolation=READ-COMMITTED", access.user(), access.password());
    }
}
