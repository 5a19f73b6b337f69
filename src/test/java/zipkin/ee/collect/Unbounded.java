package zipkin.ee.collect;

import zipkin.ee.budget.Budgets;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin2.storage.StorageComponent;

/** Collectors and intakes without bounds of memory, for tests of something else. */
public final class Unbounded {
    public static final BudgetSettings BUDGETS =
            new BudgetSettings(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private Unbounded() {}

    public static Collector collector(StorageComponent storage, CollectorSettings settings) {
        return new Collector(storage, settings, BUDGETS, new Budgets());
    }

    public static MessageIntake intake(StorageComponent storage, CollectorSettings settings) {
        return new MessageIntake(collector(storage, settings), settings, BUDGETS);
    }
}
