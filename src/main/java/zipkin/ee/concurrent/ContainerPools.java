package zipkin.ee.concurrent;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import zipkin.ee.cdi.SingleInstance;

/**
 * Makes thread pools that are bounded in threads and in waiting work, on threads of the application
 * server. Pools end with the application.
 */
@SingleInstance
public class ContainerPools {
    private static final long IDLE_SECONDS = 60;
    private static final long STOP_SECONDS = 10;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    private final Queue<ThreadPoolExecutor> pools = new ConcurrentLinkedQueue<>();

    /**
     * A pool that starts threads on demand and lets idle ones go after 60 s.
     *
     * @param threadCount most threads
     * @param queueSize most tasks that wait; {@link RejectedExecutionException} beyond
     */
    public ThreadPoolExecutor pool(int threadCount, int queueSize) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threadCount, threadCount, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueSize), threads);
        pool.allowCoreThreadTimeOut(true);
        pools.add(pool);
        return pool;
    }

    /**
     * Makes threads of the application server, for libraries that run some of their own. Who takes
     * them ends them.
     */
    public ThreadFactory threads() {
        return threads;
    }

    /**
     * Lets running and waiting work finish for at most 10 s, since transports have no outcome of it
     * yet.
     */
    @PreDestroy
    void stop() {
        pools.forEach(ThreadPoolExecutor::shutdown);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        for (ThreadPoolExecutor pool : pools) {
            try {
                if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                pool.shutdownNow();
            }
        }
    }
}
