package zipkin.ee.link;

import java.util.concurrent.atomic.AtomicLong;

/** Works a {@link LinkBacklog} off. Thread safe, but meant to run once at a time. */
public final class LinkCounter {
    private final LinkBacklog backlog;
    private final AtomicLong traces = new AtomicLong();

    public LinkCounter(LinkBacklog backlog) {
        this.backlog = backlog;
    }

    /**
     * Counts until nothing is left to do now, or the thread is interrupted.
     *
     * @throws RuntimeException of the storage; what was counted before stays counted
     */
    public void countAll() {
        int counted;
        do {
            counted = backlog.countSome();
            traces.addAndGet(counted);
        } while (counted > 0 && !Thread.currentThread().isInterrupted());
    }

    /** Traces that this server has counted, each time that spans of it were added. */
    public long traces() {
        return traces.get();
    }
}
