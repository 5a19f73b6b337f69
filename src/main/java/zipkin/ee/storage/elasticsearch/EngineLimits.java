package zipkin.ee.storage.elasticsearch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The engine's limits as far as they are known: its defaults until an error reports a lower one.
 * Reading them in advance needs rights that Zipkin's user may lack. Thread safe.
 */
final class EngineLimits {
    private final Map<EngineLimit, Integer> lowered = new ConcurrentHashMap<>();

    int of(EngineLimit limit) {
        return lowered.getOrDefault(limit, limit.usual());
    }

    /**
     * Returns the result of {@code asking}, and retries whenever an error reports a lower limit.
     */
    <T> T within(Supplier<T> asking) {
        while (true) {
            Map<EngineLimit, Integer> before = Map.copyOf(lowered);
            try {
                return asking.get();
            } catch (EngineLimitException e) {
                lower(e);
                // Another thread may have lowered it, or a smaller part of what is asked.
                if (e.allowed() >= before.getOrDefault(e.limit(), e.limit().usual())) {
                    throw e;
                }
            }
        }
    }

    /**
     * Returns the result of asking for so many hits, or for half as many as long as the answer is
     * too long, but never for more than the engine allows.
     */
    <T> T page(int most, IntFunction<T> asking) {
        int bound = most;
        while (true) {
            int wanted = bound;
            try {
                return within(() -> asking.apply(Math.min(wanted, of(EngineLimit.RESULT_WINDOW))));
            } catch (AnswerTooLongException e) {
                bound = Math.min(bound, of(EngineLimit.RESULT_WINDOW)) / 2;
                if (bound == 0) {
                    throw e;
                }
            }
        }
    }

    /** Lowers a limit. Returns whether it was not known to be as low. */
    boolean lower(EngineLimitException exceeded) {
        boolean lower = exceeded.allowed() < of(exceeded.limit());
        lowered.merge(exceeded.limit(), exceeded.allowed(), Math::min);
        return lower;
    }
}
