package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a database that may be down, at the start as well as later. It is opened when it
 * first answers: then its schema is brought up to date and the persistence provider started. Thread
 * safe.
 */
final class Database implements Transactions, AutoCloseable {
    /** Starts the persistence provider; asked once, when the schema is there. */
    interface Provider {
        EntityManagerFactory start();

        Transactions transactions(EntityManagerFactory factory);
    }

    private static final long RETRY_NANOS = 1_000_000_000L;

    private final DataSource dataSource;
    private final Provider provider;
    private final DatabaseErrors errors;
    private final boolean ensureSchema;
    private final ReadOnlyConnections readOnlyConnections;

    private @Nullable EntityManagerFactory factory;
    private volatile @Nullable Transactions opened;
    private volatile @Nullable Failure failure;
    private volatile boolean readOnly;

    /** Why the database can't be used, and since when. */
    private record Failure(RuntimeException error, long atNanos) {
        boolean isRecent() {
            return System.nanoTime() - atNanos < RETRY_NANOS;
        }
    }

    Database(DataSource dataSource, Provider provider, DatabaseErrors errors, boolean ensureSchema) {
        this.dataSource = dataSource;
        this.provider = provider;
        this.errors = errors;
        this.ensureSchema = ensureSchema;
        this.readOnlyConnections = new ReadOnlyConnections(dataSource, System::nanoTime);
    }

    /**
     * Opens the database unless it is open. After a failure it is not tried again for a second.
     *
     * @throws UnusableDatabaseException when an administrator has to do something
     * @throws DatabaseDownException when it does not answer
     */
    Transactions open() {
        Transactions ready = opened;
        return ready != null ? ready : tryToOpen();
    }

    private synchronized Transactions tryToOpen() {
        if (opened != null) {
            return opened;
        }
        throwRecentFailure();
        try {
            prepareSchema();
            EntityManagerFactory started = provider.start();
            factory = started;
            opened = provider.transactions(started);
            failure = null;
            return opened;
        } catch (UnusableDatabaseException e) {
            throw failed(e);
        } catch (SQLException | RuntimeException e) {
            throw failed(errors.explain(e));
        }
    }

    private RuntimeException failed(RuntimeException error) {
        failure = new Failure(error, System.nanoTime());
        return error;
    }

    private void throwRecentFailure() {
        Failure last = failure;
        if (last != null && last.isRecent()) {
            throw last.error();
        }
    }

    private void prepareSchema() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Schema schema = new Schema(DatabaseKind.of(connection));
            if (ensureSchema) {
                schema.ensure(connection);
            } else {
                schema.check(connection);
            }
            H2Files.protect(connection.getMetaData().getURL());
        }
    }

    /**
     * After a connection was lost nobody tries for a second: each would wait for it, and fill the
     * log.
     */
    @Override
    public <T> T call(Function<EntityManager, T> work) {
        throwRecentFailure();
        return explained(() -> open().call(work));
    }

    /**
     * Errors of the database get words for the operator; conflicts and other errors stay as they
     * are.
     */
    private <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnusableDatabaseException | DatabaseDownException e) {
            throw e;
        } catch (RuntimeException e) {
            if (DatabaseErrors.isConflict(e) || DatabaseErrors.innermost(e) == null) {
                throw e;
            }
            RuntimeException explained = errors.explain(e);
            if (DatabaseErrors.isReadOnly(e)) {
                readOnly = true;
                readOnlyConnections.end();
            }
            throw DatabaseErrors.isConnectionLoss(e) ? failed(explained) : explained;
        }
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void writable() {
        readOnly = false;
    }

    @Override
    public synchronized void close() {
        EntityManagerFactory started = factory;
        if (started != null) {
            started.close();
        }
    }
}
