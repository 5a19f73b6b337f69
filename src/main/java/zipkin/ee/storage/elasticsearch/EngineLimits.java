package zipkin.ee.storage.elasticsearch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The engine's limits as far as they are known: its defaults until an error tells of a lower one. Reading them beforehand takes rights that
 * Zipkin's user need not have. Thread safe.
 */
final class EngineLimits {
    private final Map<EngineLimit, Integer> lowered = new ConcurrentHashMap<>();

    int of(EngineLimit limit) {
        return lowered.getOrDefault(limit, limit.usual());
    }

    /** What {@code asking} returns, which is asked again whenever an error has told of a lower limit. */
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
