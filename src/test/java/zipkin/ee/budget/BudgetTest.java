package zipkin.ee.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private final Budget budget = new Budget(100);

    @Test
    void take_moreThanIsLeft_takesNothing() {
        assertThat(budget.take(60)).isTrue();

        assertThat(budget.take(41)).isFalse();
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.take(40)).isTrue();
    }

    @Test
    void giveBack_whatWasTaken_canBeTakenAgain() {
        budget.take(100);

        budget.giveBack(100);

        assertThat(budget.take(100)).isTrue();
    }
}
