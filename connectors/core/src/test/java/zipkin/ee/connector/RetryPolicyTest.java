package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void pauses_doubleUpToTheMaximum_andStartAgainAfterSuccess() {
        RetryPolicy policy = new RetryPolicy(Duration.ofSeconds(5));

        long[] expected = {1000, 2000, 4000, 5000, 5000};
        for (int i = 0; i < expected.length; i++) {
            assertThat(policy.pauseMillis(i + 1)).isBetween(expected[i] * 4 / 5, expected[i]);
        }
        assertThat(policy.pauseMillis(1)).isBetween(800L, 1000L);
        assertThat(policy.pauseMillis(Integer.MAX_VALUE)).isBetween(4000L, 5000L);
    }

    @Test
    void pauses_withAShortMaximum_areNeverLonger() {
        RetryPolicy policy = new RetryPolicy(Duration.ofMillis(10));

        assertThat(policy.pauseMillis(1)).isBetween(8L, 10L);
        assertThat(policy.pauseMillis(2)).isBetween(8L, 10L);
    }

    @Test
    void upToAFifth_isLeftOutAtRandom() {
        RetryPolicy whole = new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(4), bound -> 0);
        RetryPolicy least = new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(4), bound -> bound - 1);

        assertThat(whole.pauseMillis(1)).isEqualTo(500);
        assertThat(least.pauseMillis(1)).isEqualTo(400);
        assertThat(whole.pauseMillis(9)).isEqualTo(4000);
        assertThat(least.pauseMillis(9)).isEqualTo(3200);
    }
}
