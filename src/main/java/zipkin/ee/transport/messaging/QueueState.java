package zipkin.ee.transport.messaging;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether messages of a queue wait, and why: from the first one that could not be stored until one
 * could. Forgotten after two minutes without any, which is longer than a broker's pauses: the
 * message may have been removed, or taken by another server. Thread safe.
 */
final class QueueState {
    private static final long LIMIT_NANOS = Duration.ofMinutes(2).toNanos();

    private record Waiting(String reason, long sinceNanos) {}

    private final LongSupplier nanoTime;
    private volatile @Nullable Waiting waiting;
    private volatile boolean used;

    /**
     * @param nanoTime as {@link System#nanoTime()}
     */
    QueueState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void waits(String reason) {
        waiting = new Waiting(reason, nanoTime.getAsLong());
        used = true;
    }

    void works() {
        waiting = null;
        used = true;
    }

    /** Why messages of the first of two queues wait whose messages do; null when none do. */
    static @Nullable String firstProblem(QueueState one, QueueState other) {
        String problem = one.problem();
        return problem == null ? other.problem() : problem;
    }

    /** Why messages wait; null when they do not. */
    @Nullable
    String problem() {
        Waiting last = waiting;
        return last == null || nanoTime.getAsLong() - last.sinceNanos() > LIMIT_NANOS ? null : last.reason();
    }

    /** Whether a message has come since the start. */
    boolean used() {
        return used;
    }
}
