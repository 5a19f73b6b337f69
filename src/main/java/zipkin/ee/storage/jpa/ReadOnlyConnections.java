package zipkin.ee.storage.jpa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SafeLogger;

/**
 * Ends pooled connections whose server takes no writes any more, so that the pool opens new ones:
 * by its name or behind its proxy another server may have taken its place. The pools of both
 * application servers replace a connection that was aborted, and with it those that are idle.
 * Thread safe.
 */
final class ReadOnlyConnections {
    private static final Logger LOGGER = SafeLogger.of(ReadOnlyConnections.class.getName());

    /**
     * Several, since a pool may hand out another old one; few, since a new one may be no better.
     */
    private static final int ENDED_AT_ONCE = 3;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Set<String> WRITABLE = Set.of("off", "0", "false");

    private final DataSource dataSource;
    private final LongSupplier nanoTime;
    private final AtomicLong nextNanos;

    /**
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    ReadOnlyConnections(DataSource dataSource, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        this.nextNanos = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Looks for such connections, at most once a second, and ends them. Outside any transaction.
     */
    void end() {
        long now = nanoTime.getAsLong();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            return;
        }
        for (int i = 0; i < ENDED_AT_ONCE && endOne(); i++) {
            LOGGER.log(Level.DEBUG, "A connection to a database that takes no writes was ended");
        }
    }

    /** False when the next one takes writes, or there is none. */
    private boolean endOne() {
        try (Connection connection = dataSource.getConnection()) {
            if (!isReadOnly(connection)) {
                return false;
            }
            connection.abort(Runnable::run);
            try {
                // The pool learns of the end by this.
                isReadOnly(connection);
            } catch (SQLException e) {
                LOGGER.log(Level.TRACE, "As it should", e);
            }
            return true;
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "No connection to look at", e);
            return false;
        }
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        String query = query(DatabaseKind.of(connection));
        if (query == null) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next()
                    && !WRITABLE.contains(String.valueOf(rows.getString(1)).toLowerCase(Locale.ROOT));
        }
    }

    /** Null where the database is a file of this process. */
    private static @Nullable String query(DatabaseKind kind) {
        return switch (kind) {
            case POSTGRESQL -> "SHOW transaction_read_only";
            case MYSQL -> "SELECT @@global.read_only";
            case H2 -> null;
        };
    }
}
