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
 * Runs queries on a bounded pool, since a storage may take long: too many are answered 503 with
 * Retry-After, one that takes longer than {@code QUERY_TIMEOUT} is answered 503 and, where the
 * storage allows that, interrupted. {@code QUERY_CONCURRENCY} bounds what results take while they
 * are made, and a trace that is looked up by the thread of its request is one of as many as there
 * are processors.
 */
@SingleInstance
final class QueryRunner {
    private final ThreadPoolExecutor pool;
    /**
     * More than there are processors are no faster, and would take threads that serve other
     * requests: Payara has five.
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
     * As {@link #run}, for names, which take no longer than their answer where spans are in memory.
     * There they need no other thread, each of which takes longer to wake.
     */
    void lookUpNames(AsyncResponse response, Callable<Response> query) {
        if (looksUpAtOnce) {
            answer(response, query);
        } else {
            run(response, query);
        }
    }

    /**
     * The same for a trace, which may be large: where too many queries run already it waits its
     * turn on another thread.
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

    /** Answers {@code response} with what {@code query} returns, or with what it throws. */
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
