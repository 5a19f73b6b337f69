package zipkin.ee.http.body;

import jakarta.inject.Inject;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.HttpIntakeSettings;

/** The {@link Budget} of the bytes of all bodies, received and inflated. */
@SingleInstance
public final class BodyBudget {
    private final Budget budget;

    @Inject
    BodyBudget(HttpIntakeSettings settings, Budgets budgets) {
        this.budget = budgets.create("bodies_bytes", settings.maxBufferedBytes());
    }

    public Budget bytes() {
        return budget;
    }
}
