package zipkin.ee.http.body;

import jakarta.inject.Inject;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.HttpIntakeSettings;

/** The {@link Budget} of all bodies that are in the server at one time, in bytes. */
@SingleInstance
public final class BodyBudget {
    private final Budget budget;

    @Inject
    BodyBudget(HttpIntakeSettings settings, Budgets budgets) {
        this.budget = budgets.create("bodies_bytes", settings.maxBufferedBytes());
    }

    BodyBudget(long limit) {
        this.budget = new Budget(limit);
    }

    /** Takes bytes out of the budget; false when they are not there, and then none are taken. */
    public boolean take(long bytes) {
        return budget.take(bytes);
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        budget.giveBack(bytes);
    }

    long used() {
        return budget.used();
    }
}
