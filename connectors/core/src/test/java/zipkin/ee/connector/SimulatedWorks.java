package zipkin.ee.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works of a resource adapter, each on a thread of its own. An adapter may only schedule them, and
 * no work may throw.
 */
final class SimulatedWorks implements WorkManager {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Consumer<String> violations;
    private volatile boolean refused;

    /**
     * @param violations takes a line for what an adapter does against the contract
     */
    SimulatedWorks(Consumer<String> violations) {
        this.violations = violations;
    }

    /** From now on there is no thread for works. */
    void refuse() {
        refused = true;
    }

    /**
     * Works that are scheduled and have not come to their end; one whose listener was notified no
     * longer counts.
     */
    int running() {
        return running.get();
    }

    int started() {
        return threads.size();
    }

    /** Ends works that were left behind, by interrupts. */
    void end() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void scheduleWork(Work work) throws WorkException {
        scheduleWork(work, INDEFINITE, null, null);
    }

    @Override
    public void scheduleWork(
            Work work, long timeout, @Nullable ExecutionContext context, @Nullable WorkListener listener)
            throws WorkException {
        if (refused) {
            throw new WorkRejectedException("No thread for works");
        }
        Thread thread = new Thread(() -> run(work, listener), "work-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        running.incrementAndGet();
        thread.start();
    }

    private void run(Work work, @Nullable WorkListener listener) {
        @Nullable WorkException failure = null;
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            violations.accept("a work threw " + e + " at " + Arrays.toString(e.getStackTrace()));
            failure = new WorkCompletedException(e);
        } finally {
            running.decrementAndGet();
        }
        if (listener != null) {
            listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, failure));
        }
    }

    @Override
    public void doWork(Work work) throws WorkException {
        throw new WorkException(new NotSupportedException("Adapters schedule works"));
    }

    @Override
    public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) throws WorkException {
        doWork(work);
    }

    @Override
    public long startWork(Work work) throws WorkException {
        throw new WorkException(new NotSupportedException("Adapters schedule works"));
    }

    @Override
    public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener)
            throws WorkException {
        return startWork(work);
    }
}
