package zipkin.ee.link;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts dependency links of stored spans, step by step. A trace with new spans is counted with
 * and without them, and the links change by the difference. Thread safe, but meant to run once at a
 * time in a server.
 */
public final class DependencyAggregator {
    private final LinkStore store;
    private final AtomicLong traces = new AtomicLong();

    public DependencyAggregator(LinkStore store) {
        this.store = store;
    }

    /**
     * Counts until nothing is due, another server counts, or the thread is interrupted.
     *
     * @throws RuntimeException of the storage; the steps before it stay counted
     */
    public void aggregateAll() {
        int counted;
        do {
            counted = aggregateNext();
        } while (counted > 0 && !Thread.currentThread().isInterrupted());
    }

    /**
     * Counts one step.
     *
     * @return how many traces it had; 0 when nothing is due, or when another server counts
     */
    public int aggregateNext() {
        int counted = store.step(DependencyAggregator::count);
        traces.addAndGet(counted);
        return counted;
    }

    private static int count(LinkStore.Step step) {
        if (!step.pending()) {
            return 0;
        }
        Collection<? extends LinkStore.Trace> read = step.read();
        LinkChanges changes = new LinkChanges();
        read.forEach(changes::add);
        return step.apply(changes.toApply()) ? read.size() : 0;
    }

    /** Traces that this server has counted; one that gets spans later is counted again. */
    public long traces() {
        return traces.get();
    }
}
