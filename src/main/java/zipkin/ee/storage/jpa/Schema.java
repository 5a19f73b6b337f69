package zipkin.ee.storage.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.text.SafeLogger;

/**
 * Brings the tables to the version that this code needs, by the scripts
 * {@code schema/sql/<database>/V<version>.sql}, and keeps the version in {@code zipkin_schema}.
 * Every statement of a script can be run again, so servers that start together and a script that
 * broke off do no harm.
 */
final class Schema {
    private static final Logger LOGGER = SafeLogger.of(Schema.class.getName());
    private static final int ATTEMPTS = 5;

    private final DatabaseKind kind;

    Schema(DatabaseKind kind) {
        this.kind = kind;
    }

    /**
     * Applies the scripts that are missing.
     *
     * @throws UnusableStorageException when a newer version is there
     */
    void ensure(Connection connection) throws SQLException {
        for (int attempt = 1; version(connection) < kind.schemaVersion(); attempt++) {
            try {
                migrate(connection);
            } catch (SQLException e) {
                // Another server may be doing the same.
                if (attempt == ATTEMPTS || isFinal(e)) {
                    throw e;
                }
                LOGGER.log(Level.DEBUG, "The schema is being changed by another server", e);
            }
        }
        check(connection);
    }

    /**
     * Compares the version.
     *
     * @throws UnusableStorageException when it is another one than this code needs, or none
     */
    void check(Connection connection) throws SQLException {
        int version = version(connection);
        if (version > kind.schemaVersion()) {
            throw new UnusableStorageException(
                    "The database has Zipkin EE's schema version " + version + ", this is version "
                            + kind.schemaVersion() + ": use the newer Zipkin EE.",
                    null);
        }
        if (version < kind.schemaVersion()) {
            throw new UnusableStorageException(
                    "The database "
                            + (version == 0 ? "lacks Zipkin EE's tables" : "has the old schema version " + version)
                            + ": apply schema/sql/" + kind.folder() + "/V" + (version + 1)
                            + ".sql from the WAR, or set ZIPKIN_DB_ENSURE_SCHEMA=true.",
                    null);
        }
    }

    /** 0 when there is none. */
    int version(Connection connection) throws SQLException {
        if (!exists(connection)) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM zipkin_schema")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        String schema = kind == DatabaseKind.MYSQL ? "DATABASE()" : "CURRENT_SCHEMA";
        String query = "SELECT COUNT(*) FROM information_schema.tables WHERE LOWER(table_name) = "
                + "'zipkin_schema' AND table_schema = "
                + schema;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    private void migrate(Connection connection) throws SQLException {
        int present = version(connection);
        try (Statement statement = connection.createStatement()) {
            for (int version = present + 1; version <= kind.schemaVersion(); version++) {
                LOGGER.log(Level.INFO, "Creating Zipkin EE''s tables in {0}, version {1}", kind, version);
                for (String sql : statements(version)) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static boolean isFinal(SQLException error) {
        return "42501".equals(error.getSQLState()) || error.getErrorCode() == 1142 || error.getErrorCode() == 90096;
    }

    /** The statements of a version's script, in order, without comments. */
    List<String> statements(int version) {
        String resource = "/schema/sql/" + kind.folder() + "/V" + version + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(script.split(";", -1))
                    .map(String::trim)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
