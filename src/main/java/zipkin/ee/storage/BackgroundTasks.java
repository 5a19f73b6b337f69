package zipkin.ee.storage;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.concurrent.ContainerTimer;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.link.LinkSettings;

/**
 * The background tasks of the selected storage, each on a thread of its own while it works. Thread
 * safe.
 */
@SingleInstance
public class BackgroundTasks {
    private static final Duration LINKS_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

    private final ContainerTimer timer;
    private final ContainerPools pools;
    private final List<BackgroundTask> tasks = new CopyOnWriteArrayList<>();

    @Inject
    BackgroundTasks(ContainerTimer timer, ContainerPools pools) {
        this.timer = timer;
        this.pools = pools;
    }

    /**
     * Does something again and again until the application ends, never twice at a time.
     *
     * @param name one word, part of metrics' names
     * @param usualPause between a start and the next look whether it is to start again
     * @param wantedPause taken instead when it is shorter, but no less than 200 ms
     * @param work see {@link BackgroundTask}
     */
    public void repeat(String name, Duration usualPause, Duration wantedPause, Supplier<BackgroundTask.Report> work) {
        BackgroundTask task = new BackgroundTask(name, work);
        tasks.add(task);
        repeat(usualPause, wantedPause, task);
    }

    /**
     * Aggregates dependency links, unless {@code DEPENDENCY_LINKS_ENABLED=false}.
     *
     * @param progress how far the aggregator is, after it has run
     */
    public void aggregateLinks(
            LinkSettings links, DependencyAggregator aggregator, Supplier<BackgroundTask.Report> progress) {
        if (links.enabled()) {
            repeat("links", LINKS_PAUSE, links.rest().dividedBy(2), () -> {
                aggregator.aggregateAll();
                return progress.get().with("traces", aggregator.traces());
            });
        }
    }

    /** Repeats work that /health and /metrics do not report. */
    public void repeatUnreported(String name, Duration pause, Supplier<BackgroundTask.Report> work) {
        repeat(pause, pause, new BackgroundTask(name, work));
    }

    private void repeat(Duration usualPause, Duration wantedPause, BackgroundTask task) {
        ThreadPoolExecutor pool = pools.pool(1, 1);
        timer.every(pause(usualPause, wantedPause), () -> {
            if (pool.getActiveCount() == 0 && pool.getQueue().isEmpty()) {
                submit(pool, task);
            }
        });
    }

    private static Duration pause(Duration usual, Duration wanted) {
        Duration shorter = wanted.compareTo(usual) < 0 ? wanted : usual;
        return shorter.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : shorter;
    }

    private static void submit(ThreadPoolExecutor pool, BackgroundTask task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            // The application is being stopped.
        }
    }

    /** The tasks that are reported, in the order in which they were added. */
    public List<BackgroundTask> all() {
        return List.copyOf(tasks);
    }
}
