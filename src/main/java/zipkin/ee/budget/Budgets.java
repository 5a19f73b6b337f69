package zipkin.ee.budget;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import zipkin.ee.cdi.SingleInstance;

/**
 * All budgets by name, for metrics. A name is what is held and its unit in lower case, such as
 * {@code bodies_bytes}, and becomes part of a metric's name. Thread safe.
 */
@SingleInstance
public class Budgets {
    private final Map<String, Reading> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Count> counts = new ConcurrentSkipListMap<>();

    /** What one budget has taken and may take, as of the call. */
    public record Reading(String name, LongSupplier used, long limit) {}

    /**
     * How often something happened since the start because a budget was used up, as of the call.
     */
    public record Count(String name, LongSupplier value) {}

    /** Makes a budget. A second one of the same name takes its place in the metrics. */
    public Budget create(String name, long limit) {
        Budget budget = new Budget(limit);
        watch(name, budget::used, limit);
        return budget;
    }

    /** Shows what keeps an account of its own, such as the storage in memory. */
    public void watch(String name, LongSupplier used, long limit) {
        byName.put(name, new Reading(name, used, limit));
    }

    /**
     * Shows how much was dropped, refused or the like for want of room. The name has no unit of its
     * own, such as {@code mem_names_dropped}.
     */
    public void count(String name, LongSupplier value) {
        counts.put(name, new Count(name, value));
    }

    /** In the order of names. */
    public Collection<Count> counts() {
        return counts.values();
    }

    /** In the order of names. */
    public Collection<Reading> all() {
        return byName.values();
    }
}
