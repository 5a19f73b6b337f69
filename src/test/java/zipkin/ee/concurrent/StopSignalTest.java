package zipkin.ee.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopSignalTest {
    private static final long LONG_MILLIS = Duration.ofHours(1).toMillis();

    private final StopSignal signal = new StopSignal();

    @Test
    void stop_endsWaiting_forNowAndLater() throws InterruptedException {
        Thread waiting = new Thread(() -> signal.await(LONG_MILLIS));
        waiting.start();
        signal.stop();
        waiting.join();

        signal.await(LONG_MILLIS);
        assertThat(signal.isStopped()).isTrue();
    }

    @Test
    void await_isOverAfterAWhile_withoutAStop() {
        signal.await(1);

        assertThat(signal.isStopped()).isFalse();
    }

    @Test
    void interrupt_isAStop_andStaysKnown() {
        Thread.currentThread().interrupt();
        signal.await(LONG_MILLIS);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(signal.isStopped()).isTrue();
    }
}
