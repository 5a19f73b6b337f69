package zipkin.ee.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicBoolean outOfMemory = new AtomicBoolean();
    private final Liveness liveness = new Liveness(nanos::get, outOfMemory::get);

    @Test
    void liveness_whileTheTimerTicks_isUp() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(liveness.problem()).isNull();
        liveness.tick();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(liveness.problem()).isNull();
    }

    @Test
    void liveness_withoutATickForAMinute_isDown() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos() + 1);
        assertThat(liveness.problem()).isEqualTo("The server's timer has not ticked for a minute. Start it again.");
    }

    @Test
    void liveness_afterAnOutOfMemoryError_isDown() {
        outOfMemory.set(true);
        assertThat(liveness.problem()).isEqualTo("The process has run out of memory. Start it again.");
    }
}
