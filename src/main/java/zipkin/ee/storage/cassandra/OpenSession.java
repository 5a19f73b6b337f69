package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A session whose keyspace is ready, with its statements, prepared when they are first used. Thread
 * safe.
 */
final class OpenSession implements AutoCloseable {
    private final CqlSession session;
    private final String keyspace;
    private final Schema.TagIndex tagIndex;
    private final DriverErrors errors;
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();
    private final AtomicLong statements = new AtomicLong();

    OpenSession(CqlSession session, String keyspace, Schema.TagIndex tagIndex, DriverErrors errors) {
        this.session = session;
        this.keyspace = keyspace;
        this.tagIndex = tagIndex;
        this.errors = errors;
    }

    Schema.TagIndex tagIndex() {
        return tagIndex;
    }

    DriverErrors errors() {
        return errors;
    }

    CqlSession driver() {
        return session;
    }

    String keyspace() {
        return keyspace;
    }

    /**
     * @param cql with {@code ks.} where the keyspace goes
     */
    PreparedStatement prepare(String cql) {
        PreparedStatement known = prepared.get(cql);
        if (known != null) {
            return known;
        }
        try {
            return prepared.computeIfAbsent(cql, text -> session.prepare(text.replace("ks.", keyspace + ".")));
        } catch (RuntimeException e) {
            throw errors.translate(e);
        }
    }

    CompletionStage<AsyncResultSet> send(Statement<?> statement) {
        statements.incrementAndGet();
        return session.executeAsync(statement);
    }

    /** Executes, and gives each row of all pages to {@code reading}. */
    void each(Statement<?> statement, Consumer<Row> reading) {
        try {
            statements.incrementAndGet();
            session.execute(statement).forEach(reading);
        } catch (RuntimeException e) {
            throw errors.translate(e);
        }
    }

    /** Executes a statement that changes something; false when its condition was not met. */
    boolean change(Statement<?> statement) {
        try {
            statements.incrementAndGet();
            return session.execute(statement).wasApplied();
        } catch (RuntimeException e) {
            throw errors.translate(e);
        }
    }

    long statements() {
        return statements.get();
    }

    @Override
    public void close() {
        session.close();
    }
}
