package zipkin.ee.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccountTest {
    private final Budget bodies = new Budget(100);
    private final Budget spans = new Budget(1000);
    private final Account account = new Account();

    @Test
    void close_givesEverythingBack_once() {
        account.require(bodies, 60);
        account.require(bodies, 10);
        account.require(spans, 300);
        assertThat(bodies.used()).isEqualTo(70);
        assertThat(account.held(bodies)).isEqualTo(70);

        account.close();
        account.close();

        assertThat(bodies.used()).isZero();
        assertThat(spans.used()).isZero();
    }

    @Test
    void take_beyondTheBudget_takesNothing() {
        account.require(bodies, 60);

        assertThat(account.take(bodies, 41)).isFalse();
        assertThat(bodies.used()).isEqualTo(60);
        assertThat(account.held(bodies)).isEqualTo(60);
    }

    @Test
    void noRoom_isTemporary_unlessTheMessageAloneIsTooLarge() {
        Account other = new Account();
        other.require(bodies, 50);
        account.require(bodies, 50);

        assertThatThrownBy(() -> account.require(bodies, 50)).isInstanceOfSatisfying(NoRoomException.class, e -> {
            assertThat(e.isTemporary()).isTrue();
            assertThat(e.needed()).isEqualTo(100);
        });
        assertThatThrownBy(() -> account.require(bodies, 51))
                .isInstanceOfSatisfying(
                        NoRoomException.class, e -> assertThat(e.isTemporary()).isFalse());
    }

    @Test
    void part_isGivenBack_atMostWhatIsHeld() {
        account.require(bodies, 60);

        account.giveBack(bodies, 20);
        assertThat(bodies.used()).isEqualTo(40);
        account.giveBack(bodies, 1000);
        assertThat(bodies.used()).isZero();
        account.giveBack(spans, 1);
        assertThat(spans.used()).isZero();
    }

    @Test
    void keepOnly_givesTheOtherBudgetsBack() {
        account.require(bodies, 60);
        account.require(spans, 300);

        account.keepOnly(spans);

        assertThat(bodies.used()).isZero();
        assertThat(spans.used()).isEqualTo(300);
    }

    @Test
    void closedAccount_takesNothing() {
        account.close();

        assertThat(account.take(bodies, 1)).isFalse();
        assertThat(bodies.used()).isZero();
        assertThatThrownBy(account::share).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sharedAccount_givesBack_whenItsOwnerAndAllHoldersHaveClosedIt() {
        account.require(bodies, 60);
        Account.Share share = account.share();

        account.close();
        account.close();
        assertThat(bodies.used()).isEqualTo(60);

        share.close();
        share.close();
        assertThat(bodies.used()).isZero();
    }
}
