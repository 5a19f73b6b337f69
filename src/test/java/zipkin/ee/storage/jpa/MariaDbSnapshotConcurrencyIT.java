package zipkin.ee.storage.jpa;

import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin.ee.testing.sql.MariaDbServer;

/**
 * With the isolation that newer MariaDBs have by default: a row that another transaction has
 * changed meanwhile is an error.
 */
class MariaDbSnapshotConcurrencyIT extends SqlConcurrencyContract {
    MariaDbSnapshotConcurrencyIT() {
        super(strict(MariaDbServer.shared().createDatabase().owner()), JpaProvider.HIBERNATE);
    }

    private static DatabaseAccess strict(DatabaseAccess access) {
        return new DatabaseAccess(
                access.jdbcUrl() + "?sessionVariables=innodb_snapshot_isolation=ON", access.user(), access.password());
    }
}
