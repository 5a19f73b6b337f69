package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statements that share a partition, together in unlogged batches: such a batch is one mutation for
 * Cassandra. They stay below the size at which Cassandra warns of batches, 5 KiB by default, unless
 * a single one is larger. Used by one thread.
 */
final class Batches {
    private static final int MAX_STATEMENTS = 50;
    private static final int MAX_BYTES = 4500;

    private final Map<Object, Batch> open = new LinkedHashMap<>();
    private final List<Statement<?>> closed = new ArrayList<>();

    private static final class Batch {
        final List<BatchableStatement<?>> statements = new ArrayList<>();
        int bytes;
    }

    /**
     * @param partition table and partition key
     * @param bytes about how many the row has
     */
    void add(Object partition, BoundStatement statement, int bytes) {
        Batch batch = open.computeIfAbsent(partition, key -> new Batch());
        boolean full = batch.bytes + bytes > MAX_BYTES || batch.statements.size() == MAX_STATEMENTS;
        if (full && !batch.statements.isEmpty()) {
            close(batch);
            batch = new Batch();
            open.put(partition, batch);
        }
        batch.statements.add(statement);
        batch.bytes += bytes;
    }

    /** Adds a statement that is sent alone. */
    void add(BoundStatement statement) {
        closed.add(statement);
    }

    private void close(Batch batch) {
        if (batch.statements.size() == 1) {
            closed.add((Statement<?>) batch.statements.get(0));
            return;
        }
        BatchStatementBuilder together =
                BatchStatement.builder(BatchType.UNLOGGED).setIdempotence(true);
        batch.statements.forEach(together::addStatement);
        closed.add(together.build());
    }

    /** All that was added; nothing can be added afterwards. */
    List<Statement<?>> statements() {
        open.values().forEach(this::close);
        open.clear();
        return closed;
    }
}
