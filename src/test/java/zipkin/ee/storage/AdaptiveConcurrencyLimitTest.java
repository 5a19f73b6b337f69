package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyLimitTest {
    private final AdaptiveConcurrencyLimit limit = AdaptiveConcurrencyLimit.between(2, 5);

    private void storeAll(int writes) {
        for (int i = 0; i < writes; i++) {
            limit.begin();
            limit.stored(limit.current());
        }
    }

    @Test
    void successes_whileAllIsInUse_raiseItByOneEachRound() {
        assertThat(limit.current()).isEqualTo(2);
        storeAll(1);
        assertThat(limit.current()).isEqualTo(2);
        storeAll(1);
        assertThat(limit.current()).isEqualTo(3);
        storeAll(3 + 4 + 50);
        assertThat(limit.current()).isEqualTo(5);
    }

    @Test
    void successes_whileSomeIsFree_doNotRaiseIt() {
        for (int i = 0; i < 100; i++) {
            limit.begin();
            limit.stored(1);
        }
        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void failure_halvesIt_butNotBelowTheLeast() {
        storeAll(2 + 3 + 4);
        limit.unavailable(limit.begin());
        assertThat(limit.current()).isEqualTo(2);
        limit.unavailable(limit.begin());
        assertThat(limit.current()).isEqualTo(2);
    }

    @Test
    void failures_thatBeganTogether_halveItOnce() {
        AdaptiveConcurrencyLimit wide = AdaptiveConcurrencyLimit.between(1, 100);
        for (int i = 0; i < 1000; i++) {
            wide.stored(wide.current());
        }
        int before = wide.current();
        int first = wide.begin();
        int second = wide.begin();
        wide.unavailable(first);
        wide.unavailable(second);
        assertThat(before).isGreaterThan(10);
        assertThat(wide.current()).isEqualTo(before / 2);
    }

    @Test
    void fixed_staysAsItIs() {
        AdaptiveConcurrencyLimit fixed = AdaptiveConcurrencyLimit.fixed(3);
        fixed.stored(3);
        fixed.unavailable(fixed.begin());
        assertThat(fixed.current()).isEqualTo(3);
        assertThat(fixed.max()).isEqualTo(3);
    }
}
