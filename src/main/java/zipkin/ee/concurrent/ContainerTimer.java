package zipkin.ee.concurrent;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import zipkin.ee.cdi.SingleInstance;

/** Repeats short tasks on the application server's timer, until the application ends. */
@SingleInstance
public class ContainerTimer {
    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ManagedScheduledExecutorService scheduler;

    private final Queue<Future<?>> repeated = new ConcurrentLinkedQueue<>();

    /**
     * Runs {@code task} again and again, {@code pause} after its last end. It may not throw: that
     * would end it.
     */
    public void every(Duration pause, Runnable task) {
        long pauseMillis = pause.toMillis();
        repeated.add(scheduler.scheduleWithFixedDelay(task, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS));
    }

    @PreDestroy
    void stop() {
        repeated.forEach(task -> task.cancel(false));
    }
}
