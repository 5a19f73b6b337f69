package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * Sends many statements at a time, but no more than a number of them, whoever sends. Thread safe;
 * calls block.
 */
final class InFlight {
    private final Semaphore free;

    InFlight(int max) {
        this.free = new Semaphore(max);
    }

    /**
     * Results in the order of the statements, when all are answered; throws when one failed, after
     * all are answered.
     */
    List<AsyncResultSet> all(OpenSession session, List<? extends Statement<?>> statements) {
        List<CompletableFuture<AsyncResultSet>> answers = new ArrayList<>(statements.size());
        try {
            for (Statement<?> statement : statements) {
                free.acquire();
                answers.add(send(session, statement));
            }
            List<AsyncResultSet> results = new ArrayList<>(answers.size());
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
            answers.forEach(answer -> results.add(answer.join()));
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException("Interrupted while Cassandra was asked", DriverErrors.NO_ANSWER, e);
        } catch (ExecutionException e) {
            throw session.errors().translate(e.getCause() == null ? e : e.getCause());
        }
    }

    private CompletableFuture<AsyncResultSet> send(OpenSession session, Statement<?> statement) {
        try {
            return session.send(statement)
                    .whenComplete((result, error) -> free.release())
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            free.release();
            throw session.errors().translate(e);
        }
    }
}
