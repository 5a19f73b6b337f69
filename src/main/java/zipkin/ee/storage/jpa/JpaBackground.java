package zipkin.ee.storage.jpa;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.link.LinkCounter;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;

/** Counts links and deletes what is old, on the application server's threads and timer. */
@SingleInstance
class JpaBackground {
    private static final Duration LINKS_PAUSE = Duration.ofSeconds(5);
    private static final Duration RETENTION_PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    private final ContainerTimer timer;
    private final ContainerPools pools;
    private final BackgroundTasks tasks;

    @Inject
    JpaBackground(ContainerTimer timer, ContainerPools pools, BackgroundTasks tasks) {
        this.timer = timer;
        this.pools = pools;
        this.tasks = tasks;
    }

    void start(JpaStorage storage, ZipkinSettings settings) {
        if (settings.links().enabled()) {
            LinkCounter counter = new LinkCounter(storage.links());
            BackgroundTask links = new BackgroundTask("links", () -> {
                counter.countAll();
                long pending = storage.links().pendingBatches();
                return new BackgroundTask.Report(pending + " stored batches wait to be counted")
                        .with("traces", counter.traces())
                        .with("pending_batches", pending);
            });
            repeat(shorter(LINKS_PAUSE, settings.links().rest().dividedBy(2)), links);
        }
        Retention retention = storage.retention();
        BackgroundTask deleting = new BackgroundTask("retention", () -> {
            retention.deleteAll();
            long bytes = retention.storedBytes();
            return new BackgroundTask.Report(
                            bytes + " bytes stored, " + retention.deletedSpans() + " spans deleted here")
                    .with("deleted_spans", retention.deletedSpans())
                    .with("stored_bytes", bytes);
        });
        Duration age = settings.retention().age();
        repeat(age.isZero() ? RETENTION_PAUSE : shorter(RETENTION_PAUSE, age.dividedBy(4)), deleting);
    }

    private void repeat(Duration pause, BackgroundTask task) {
        tasks.add(task);
        ThreadPoolExecutor pool = pools.pool(1, 1);
        timer.every(pause, () -> {
            if (pool.getActiveCount() == 0 && pool.getQueue().isEmpty()) {
                submit(pool, task);
            }
        });
    }

    private static void submit(ThreadPoolExecutor pool, BackgroundTask task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            // The application is being stopped.
        }
    }

    private static Duration shorter(Duration usual, Duration wanted) {
        Duration shorter = wanted.compareTo(usual) < 0 ? wanted : usual;
        return shorter.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : shorter;
    }
}
