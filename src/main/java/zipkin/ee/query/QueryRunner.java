package zipkin.ee.query;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.http.Answers;

/**
 * Runs queries on a bounded pool of {@code QUERY_CONCURRENCY} threads, which also bounds the memory
 * of their results. When the pool's queue is full, the answer is 503 with Retry-After. A query that
 * exceeds {@code QUERY_TIMEOUT} is answered 503 and interrupted if the storage supports that.
 */
@SingleInstance
final class QueryRunner {
    private final ThreadPoolExecutor pool;
    /**
     * Permits to look up traces on request threads. More than one per processor is no faster, and
     * takes threads from other requests: Payara has five.
     */
    private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

    private final long timeoutMillis;
    private final boolean looksUpAtOnce;
    private final boolean interrupts;

    @Inject
    QueryRunner(QuerySettings settings, StorageSettings storage, ContainerPools pools) {
        this.looksUpAtOnce = storage.isInMemory();
        this.interrupts = storage.isInterruptible();
        this.pool = pools.pool(settings.concurrency(), settings.queueSize());
        this.timeoutMillis = settings.timeout().toMillis();
    }

    /**
     * Runs a query for names. With the memory storage it runs on the calling thread, because waking
     * another one takes longer.
     */
    void lookUpNames(AsyncResponse response, Callable<Response> query) {
        if (looksUpAtOnce) {
            answer(response, query);
        } else {
            run(response, query);
        }
    }

    /**
     * Runs a query for one trace. With the memory storage it runs on the calling thread, unless too
     * many do already.
     */
    void lookUpTrace(AsyncResponse response, Callable<Response> query) {
        if (looksUpAtOnce && atOnce.tryAcquire()) {
            try {
                answer(response, query);
            } finally {
                atOnce.release();
            }
        } else {
            run(response, query);
        }
    }

    /** Answers with what the query returns or throws. */
    void run(AsyncResponse response, Callable<Response> query) {
        try {
            Future<?> submitted = pool.submit(() -> answer(response, query));
            response.setTimeoutHandler(late -> {
                submitted.cancel(interrupts);
                late.resume(Answers.tryLater("The query took longer than QUERY_TIMEOUT. Ask for less."));
            });
            response.setTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            response.resume(Answers.tryLater("Too many queries are waiting. Try again later."));
        }
    }

    private static void answer(AsyncResponse response, Callable<Response> query) {
        try {
            response.resume(query.call());
        } catch (Exception e) {
            response.resume(e);
        }
    }
}
