package zipkin.ee.storage.jpa;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import zipkin.ee.storage.UnusableStorageException;

enum DatabaseKind {
    POSTGRESQL("postgresql", 1),
    MYSQL("mysql", 1),
    H2("h2", 2);

    private final String folder;
    private final int schemaVersion;

    DatabaseKind(String folder, int schemaVersion) {
        this.folder = folder;
        this.schemaVersion = schemaVersion;
    }

    /** The version of the schema that this code needs. */
    int schemaVersion() {
        return schemaVersion;
    }

    String folder() {
        return folder;
    }

    /** The kind of the database at the other end; MariaDB counts as MySQL. */
    static DatabaseKind of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (product) {
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            default ->
                throw new UnusableStorageException(
                        "The data source leads to " + metaData.getDatabaseProductName()
                                + ", which is not one of PostgreSQL, MySQL, MariaDB and H2.",
                        null);
        };
    }
}
