package zipkin.ee.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;

class BudgetsTest {
    private final Budgets budgets = new Budgets();

    @Test
    void all_createdAndWatched_inTheOrderOfNamesWithWhatIsUsedNow() {
        budgets.watch("names_bytes", () -> 7, 10);
        Budget bodies = budgets.create("bodies_bytes", 100);

        bodies.take(30);

        assertThat(budgets.all())
                .extracting(Budgets.Reading::name, reading -> reading.used().getAsLong(), Budgets.Reading::limit)
                .containsExactly(tuple("bodies_bytes", 30L, 100L), tuple("names_bytes", 7L, 10L));
    }
}
