package zipkin.ee.http.body;

import jakarta.inject.Inject;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.HttpIntakeSettings;

/**
 * The {@link Budget} of all bodies that are in the server at one time, as they arrive and inflated,
 * in bytes.
 */
@SingleInstance
public final class BodyBudget {
    private final Budget budget;

    @Inject
    BodyBudget(HttpIntakeSettings settings, Budgets budgets) {
        this.budget = budgets.create("bodies_bytes", settings.maxBufferedBytes());
    }

    /** What accounts take bytes of bodies from. */
    public Budget bytes() {
        return budget;
    }
}
