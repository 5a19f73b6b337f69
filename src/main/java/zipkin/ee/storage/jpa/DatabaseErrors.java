package zipkin.ee.storage.jpa;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.SqlAddress;

/** What errors of databases mean: SQLSTATE and the vendors' codes of PostgreSQL, MySQL, MariaDB and H2. */
final class DatabaseErrors {
    private static final Set<Integer> MYSQL_NO_RIGHT = Set.of(1142, 1143, 1227, 1370);
    private static final int MYSQL_WRONG_PASSWORD = 1045;
    private static final int MYSQL_UNKNOWN_DATABASE = 1049;

    /** What an account without rights everywhere gets in place of the above. */
    private static final int MYSQL_NO_DATABASE_FOR_USER = 1044;

    /** By innodb_snapshot_isolation, which is on from MariaDB 11.6 on; it has no SQLSTATE of its own. */
    private static final int MARIADB_CHANGED_MEANWHILE = 1020;

    private static final int H2_NO_RIGHT = 90096;
    private static final int H2_UNKNOWN_DATABASE = 90149;
    private static final int H2_IN_USE = 90020;

    private final SqlAddress address;
    private final String dataSource;

    /**
     * @param dataSource its JNDI name
     */
    DatabaseErrors(SqlAddress address, String dataSource) {
        this.address = address;
        this.dataSource = dataSource;
    }

    /** An error of opening or asking the database, in words for the operator. */
    RuntimeException explain(Throwable error) {
        SQLException sql = innermost(error);
        String reason = reason(sql == null ? error : sql);
        String advice = sql == null ? null : advice(sql);
        return advice == null
                ? new DatabaseDownException(
                        "The database " + name() + " does not answer: " + reason + ". Is it running?", error)
                : new UnusableDatabaseException(advice + " (" + reason + ")", error);
    }

    /** Whether the same may succeed when it is tried again at once: a deadlock, a row that was changed, an id that exists already. */
    static boolean isConflict(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null
                && sql.getSQLState() != null
                && (sql.getSQLState().matches("(23|40).*") || sql.getErrorCode() == MARIADB_CHANGED_MEANWHILE);
    }

    /** Whether there was no connection, which every other caller would find too (SQLSTATE class 08). */
    static boolean isConnectionLoss(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null && sql.getSQLState() != null && sql.getSQLState().startsWith("08");
    }

    private @Nullable String advice(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        int code = error.getErrorCode();
        if (state.startsWith("28") || code == MYSQL_WRONG_PASSWORD) {
            String settings = address.credentials();
            return "The database " + name() + " refuses the user or the password: correct "
                    + (settings == null ? "those of the data source " + dataSource : settings) + ".";
        }
        if (state.equals("3D000") || code == MYSQL_UNKNOWN_DATABASE || code == H2_UNKNOWN_DATABASE) {
            return "The database " + name() + " does not exist: create it, or correct its name.";
        }
        if (code == MYSQL_NO_DATABASE_FOR_USER) {
            return "The database " + name()
                    + " does not exist, or the user may not use it: create it, correct its name,"
                    + " or grant the rights (docs/operating/sql.md).";
        }
        if (state.equals("42501") || MYSQL_NO_RIGHT.contains(code) || code == H2_NO_RIGHT) {
            return "The user has not the rights it needs in the database " + name()
                    + ": grant them (docs/operating/sql.md).";
        }
        if (code == H2_IN_USE) {
            return "The database file " + name() + " is in use by another process: stop it, or set ZIPKIN_DB_FILE.";
        }
        return null;
    }

    private String name() {
        return address.place() == null ? "of the data source " + dataSource : address.place();
    }

    private static String reason(Throwable error) {
        String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").trim();
    }

    /** The driver's own error is below those of pool and persistence provider. */
    static @Nullable SQLException innermost(Throwable error) {
        SQLException found = null;
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < 50; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return found;
    }
}
