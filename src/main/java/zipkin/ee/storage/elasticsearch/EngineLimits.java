package zipkin.ee.storage.elasticsearch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Whether the limit was not known to be as low. */
    boolean lower(EngineLimitException told) {
        boolean lower = told.allowed() < of(told.limit());
        lowered.merge(told.limit(), told.allowed(), Math::min);
        return lower;
    }
}
