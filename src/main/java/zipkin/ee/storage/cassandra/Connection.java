package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.function.Function;
import java.util.function.LongSupplier;
import zipkin.ee.storage.OpenedOnce;
import zipkin.ee.storage.UnusableStorageException;

/**
 * The session, opened when it is first needed. The driver itself returns to nodes that were down.
 * Thread safe.
 */
final class Connection implements AutoCloseable {
    private final SessionFactory factory;
    private final CassandraSettings settings;
    private final Function<CqlSession, Schema> schema;
    private final DriverErrors errors;
    private final OpenedOnce<OpenSession> session;

    /**
     * @param nanos a clock such as {@link System#nanoTime}
     */
    Connection(
            SessionFactory factory,
            CassandraSettings settings,
            Function<CqlSession, Schema> schema,
            LongSupplier nanos) {
        this.factory = factory;
        this.settings = settings;
        this.schema = schema;
        this.errors = new DriverErrors(settings.place());
        this.session = new OpenedOnce<>(this::connect, nanos);
    }

    /**
     * @throws UnusableStorageException when an operator has to do something
     * @throws zipkin.ee.storage.StorageUnavailableException when nobody answers
     */
    OpenSession get() {
        return session.get();
    }

    private OpenSession connect() {
        CqlSession connected = null;
        try {
            connected = factory.open();
            Schema.TagIndex tagIndex = schema.apply(connected).ensure();
            return new OpenSession(connected, settings.keyspace(), tagIndex, errors);
        } catch (RuntimeException e) {
            if (connected != null) {
                connected.close();
            }
            throw e instanceof UnusableStorageException ? e : errors.translate(e);
        }
    }

    String place() {
        return settings.place();
    }

    @Override
    public void close() {
        OpenSession open = session.close();
        if (open != null) {
            open.close();
        }
    }
}
