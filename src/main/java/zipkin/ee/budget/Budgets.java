package zipkin.ee.budget;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import zipkin.ee.cdi.SingleInstance;

/**
 * All budgets by name, for metrics. A name states what is held and its unit, such as
 * {@code bodies_bytes}, and is part of the metric's name. Thread safe.
 */
@SingleInstance
public class Budgets {
    private final Map<String, Reading> byName = new ConcurrentSkipListMap<>();
    private final Map<String, Count> counts = new ConcurrentSkipListMap<>();

    /** The amount in use and the limit of a budget. */
    public record Reading(String name, LongSupplier used, long limit) {}

    /** How often something was dropped since the start because a budget was used up. */
    public record Count(String name, LongSupplier value) {}

    /** Creates a budget, which replaces one of the same name in the metrics. */
    public Budget create(String name, long limit) {
        Budget budget = new Budget(limit);
        watch(name, budget::used, limit);
        return budget;
    }

    /** Adds an amount that is not counted by a {@link Budget}, such as the memory storage's. */
    public void watch(String name, LongSupplier used, long limit) {
        byName.put(name, new Reading(name, used, limit));
    }

    /** Adds a count of what was dropped, with a name such as {@code mem_names_dropped}. */
    public void count(String name, LongSupplier value) {
        counts.put(name, new Count(name, value));
    }

    public Collection<Count> counts() {
        return counts.values();
    }

    public Collection<Reading> all() {
        return byName.values();
    }
}
