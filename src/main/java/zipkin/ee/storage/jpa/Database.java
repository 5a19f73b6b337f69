package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import zipkin.ee.storage.OpenedOnce;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.storage.UnusableStorageException;

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

    private final DataSource dataSource;
    private final Provider provider;
    private final DatabaseErrors errors;
    private final boolean ensureSchema;
    private final ReadOnlyConnections readOnlyConnections;
    private final OpenedOnce<Opened> opened;
    private volatile boolean readOnly;

    private record Opened(EntityManagerFactory factory, Transactions transactions) {}

    Database(DataSource dataSource, Provider provider, DatabaseErrors errors, boolean ensureSchema) {
        this.dataSource = dataSource;
        this.provider = provider;
        this.errors = errors;
        this.ensureSchema = ensureSchema;
        this.readOnlyConnections = new ReadOnlyConnections(dataSource, System::nanoTime);
        this.opened = new OpenedOnce<>(this::start, System::nanoTime);
    }

    /**
     * Opens the database unless it is open.
     *
     * @throws UnusableStorageException when an operator has to do something
     * @throws StorageUnavailableException when it does not answer
     */
    Transactions open() {
        return opened.get().transactions();
    }

    private Opened start() {
        try {
            prepareSchema();
            EntityManagerFactory factory = provider.start();
            return new Opened(factory, provider.transactions(factory));
        } catch (UnusableStorageException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            throw errors.explain(e);
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

    @Override
    public <T> T call(Function<EntityManager, T> work) {
        opened.throwRecentFailure();
        return explained(() -> open().call(work));
    }

    /**
     * Errors of the database get words for the operator; conflicts and other errors stay as they
     * are.
     */
    private <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageUnavailableException e) {
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
            throw DatabaseErrors.isConnectionLoss(e) ? opened.failed(explained) : explained;
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
    public void close() {
        Opened last = opened.close();
        if (last != null) {
            last.factory().close();
        }
    }
}
