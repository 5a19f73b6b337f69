package zipkin.ee.storage.elasticsearch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Remembers checkpoints that were read, to know those of some time ago. Used by one thread at a
 * time.
 */
final class RestedCheckpoints {
    private static final int OBSERVATIONS_PER_REST = 10;

    private final long restMillis;
    private final Deque<Observation> observations = new ArrayDeque<>();

    private record Observation(long millis, Checkpoints checkpoints) {}

    RestedCheckpoints(long restMillis) {
        this.restMillis = restMillis;
    }

    /**
     * Adds those of now, and returns those of {@code restMillis} ago; null when none were read by
     * then.
     */
    @Nullable
    Checkpoints observe(long nowMillis, Checkpoints present) {
        Observation last = observations.peekLast();
        if (last == null || nowMillis - last.millis() >= restMillis / OBSERVATIONS_PER_REST) {
            observations.add(new Observation(nowMillis, present));
        }
        Checkpoints rested = null;
        while (!observations.isEmpty() && observations.peek().millis() <= nowMillis - restMillis) {
            rested = observations.remove().checkpoints();
        }
        if (rested != null) {
            // Returned again until younger ones have rested.
            observations.addFirst(new Observation(nowMillis - restMillis, rested));
        }
        return rested;
    }

    void clear() {
        observations.clear();
    }
}
