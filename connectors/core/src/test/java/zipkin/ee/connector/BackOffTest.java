package zipkin.ee.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void pauses_doubleUpToTheMaximum_andStartAgainAfterSuccess() {
        BackOff backOff = new BackOff(Duration.ofSeconds(5));

        for (long expected : new long[] {1000, 2000, 4000, 5000, 5000}) {
            assertThat(backOff.afterFailureMillis()).isBetween(expected * 4 / 5, expected);
        }
        backOff.reset();
        assertThat(backOff.afterFailureMillis()).isBetween(800L, 1000L);
    }

    @Test
    void pauses_withAShortMaximum_areNeverLonger() {
        BackOff backOff = new BackOff(Duration.ofMillis(10));

        assertThat(backOff.afterFailureMillis()).isBetween(8L, 10L);
        assertThat(backOff.afterFailureMillis()).isBetween(8L, 10L);
    }
}
