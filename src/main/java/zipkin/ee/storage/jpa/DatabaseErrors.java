package zipkin.ee.storage.jpa;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

/**
 * What errors of databases mean: SQLSTATE and the vendors' codes of PostgreSQL, MySQL, MariaDB and
 * H2.
 */
final class DatabaseErrors {
    private static final Set<Integer> MYSQL_NO_RIGHT = Set.of(1142, 1143, 1227, 1370);
    private static final int MYSQL_WRONG_PASSWORD = 1045;
    private static final int MYSQL_UNKNOWN_DATABASE = 1049;

    /** The error for an unknown database when the account has no rights to see that. */
    private static final int MYSQL_NO_DATABASE_FOR_USER = 1044;

    /**
     * By innodb_snapshot_isolation, which is on from MariaDB 11.6 on; it has no SQLSTATE of its
     * own.
     */
    private static final int MARIADB_CHANGED_MEANWHILE = 1020;

    private static final int H2_NO_RIGHT = 90096;
    private static final int H2_UNKNOWN_DATABASE = 90149;
    private static final int H2_IN_USE = 90020;

    private static final String READ_ONLY_TRANSACTION = "25006";

    /**
     * Of MySQL and MariaDB: an option that forbids writes, a read-only transaction, a read-only
     * mode; InnoDB's; and H2's.
     */
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836, 1874, 90097);

    private static final String READ_ONLY_TEXT = "in a read-only transaction";

    /** PostgreSQL: ended by an operator, crashed, not ready for connections. */
    private static final Set<String> STOPS_OR_STARTS = Set.of("57P01", "57P02", "57P03");

    private static final int MOST_CAUSES = 50;

    private static final Set<String> LOST_STATEMENT = Set.of("26000", "42P05");
    private static final int MYSQL_LOST_STATEMENT = 1243;
    private static final String POOLER =
            "Behind a pooler of transactions such as pgbouncer, set prepareThreshold=0 (docs/operating/sql.md).";

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
    StorageUnavailableException explain(Throwable error) {
        SQLException sql = innermost(error);
        String reason = reason(sql == null ? error : sql);
        String advice = sql == null ? null : advice(sql, " " + name());
        if (sql != null && advice != null) {
            return new UnusableStorageException(
                    advice + " (" + reason + ")", Objects.requireNonNull(advice(sql, "")), error);
        }
        if (isReadOnly(error)) {
            return new StorageUnavailableException(
                    "The database " + name() + " takes no writes: " + reason
                            + ". Spans are stored again when it does, or when its address leads to a server that does.",
                    "The database takes no writes.",
                    error);
        }
        if (isLostStatement(error)) {
            return new StorageUnavailableException(
                    "The database " + name() + " has lost a prepared statement: " + reason + ". " + POOLER,
                    "The database has lost a prepared statement. " + POOLER,
                    error);
        }
        return new StorageUnavailableException(
                "The database " + name() + " does not answer: " + reason + ". Is it running?",
                "The database does not answer. Is it running?",
                error);
    }

    /**
     * Whether the server at the other end takes no writes: it is a standby, or was made read-only.
     * Another one may have taken its place, which only a new connection would find.
     */
    static boolean isReadOnly(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null
                && (READ_ONLY_TRANSACTION.equals(sql.getSQLState())
                        || READ_ONLY.contains(sql.getErrorCode())
                        || String.valueOf(sql.getMessage()).contains(READ_ONLY_TEXT));
    }

    /** Whether the server does not know a prepared statement, or already has one of its name. */
    private static boolean isLostStatement(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null
                && (LOST_STATEMENT.contains(String.valueOf(sql.getSQLState()))
                        || sql.getErrorCode() == MYSQL_LOST_STATEMENT);
    }

    /**
     * Whether the same may succeed when it is tried again at once: a deadlock, a row that was
     * changed, an id that exists already.
     */
    static boolean isConflict(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null
                && sql.getSQLState() != null
                && (sql.getSQLState().matches("(23|40).*") || sql.getErrorCode() == MARIADB_CHANGED_MEANWHILE);
    }

    /**
     * Whether there was no connection, which every other caller would find too: SQLSTATE class 08,
     * and a server that stops or starts.
     */
    static boolean isConnectionLoss(Throwable error) {
        SQLException sql = innermost(error);
        return sql != null
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08") || STOPS_OR_STARTS.contains(sql.getSQLState()));
    }

    /**
     * @param name of the database after a blank; empty in a text for anybody
     */
    private @Nullable String advice(SQLException error, String name) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        int code = error.getErrorCode();
        if (state.startsWith("28") || code == MYSQL_WRONG_PASSWORD) {
            String settings = address.credentials();
            return "The database" + name + " refuses the user or the password: correct "
                    + (settings == null
                            ? "those of the data source" + (name.isEmpty() ? "" : " " + dataSource)
                            : settings)
                    + ".";
        }
        if (state.equals("3D000") || code == MYSQL_UNKNOWN_DATABASE || code == H2_UNKNOWN_DATABASE) {
            return "The database" + name + " does not exist: create it, or correct its name.";
        }
        if (code == MYSQL_NO_DATABASE_FOR_USER) {
            return "The database" + name
                    + " does not exist, or the user may not use it: create it, correct its name,"
                    + " or grant the rights (docs/operating/sql.md).";
        }
        if (state.equals("42501") || MYSQL_NO_RIGHT.contains(code) || code == H2_NO_RIGHT) {
            return "The user has not the rights it needs in the database" + name
                    + ": grant them (docs/operating/sql.md).";
        }
        if (code == H2_IN_USE) {
            return "The database file" + name + " is in use by another process: stop it, or set ZIPKIN_DB_FILE.";
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

    /**
     * The driver's own error, below those of pool and persistence provider, or among what those of
     * the transaction manager suppress, which is where Narayana has the reason of a failed commit.
     */
    static @Nullable SQLException innermost(Throwable error) {
        SQLException found = innermostCause(error);
        int depth = 0;
        for (Throwable cause = error; found == null && cause != null && depth < MOST_CAUSES; depth++) {
            for (Throwable suppressed : cause.getSuppressed()) {
                found = found == null ? innermostCause(suppressed) : found;
            }
            cause = cause.getCause();
        }
        return found;
    }

    private static @Nullable SQLException innermostCause(Throwable error) {
        SQLException found = null;
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < MOST_CAUSES; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return found;
    }
}
