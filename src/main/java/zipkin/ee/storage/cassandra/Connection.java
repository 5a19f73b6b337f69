package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.CassandraSettings;

/**
 * The session, opened when it is first needed and again when that failed, at most once a second.
 * The driver itself comes back to nodes that were down later. Thread safe.
 */
final class Connection implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final SessionFactory factory;
    private final CassandraSettings settings;
    private final Function<CqlSession, Schema> schema;
    private final DriverErrors errors;
    private final LongSupplier nanos;
    private volatile @Nullable OpenSession session;
    private @Nullable RuntimeException failure;
    private long failedNanos;
    private boolean closed;

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
        this.nanos = nanos;
    }

    /**
     * @throws CassandraDownException when nobody answers
     * @throws UnusableCassandraException when an administrator has to do something
     */
    OpenSession get() {
        OpenSession open = session;
        return open == null ? open() : open;
    }

    private synchronized OpenSession open() {
        OpenSession open = session;
        if (open != null) {
            return open;
        }
        if (closed) {
            throw new CassandraDownException("The storage is closed", null);
        }
        if (failure != null && nanos.getAsLong() - failedNanos < PAUSE_NANOS) {
            throw failure;
        }
        try {
            open = connect();
            session = open;
            failure = null;
            return open;
        } catch (RuntimeException e) {
            failure = e;
            failedNanos = nanos.getAsLong();
            throw e;
        }
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
            throw e instanceof UnusableCassandraException ? e : errors.translate(e);
        }
    }

    String place() {
        return settings.place();
    }

    @Override
    public synchronized void close() {
        closed = true;
        OpenSession open = session;
        if (open != null) {
            open.close();
        }
    }
}
