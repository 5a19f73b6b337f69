package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpanRateTest {
    private long nowNanos = Long.MAX_VALUE - 5; // the clock may run over

    private final SpanRate rate = new SpanRate(100, () -> nowNanos);

    @Test
    void second_hasItsSpansAtOnce_andNoMore() {
        assertThat(take(150)).isEqualTo(100);
        assertThat(take(10)).isZero();
    }

    @Test
    void bucket_fillsEvenly() {
        take(100);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(250);
        assertThat(take(100)).isEqualTo(25);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(9);
        assertThat(take(100)).isZero();
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(take(100)).isEqualTo(1);
    }

    @Test
    void idleHours_leaveOneSecond() {
        nowNanos += TimeUnit.HOURS.toNanos(100_000);
        assertThat(take(1000)).isEqualTo(100);
    }

    @Test
    void sampler_takesNothingForDebugSpans_andForThoseThatItDropsAnyway() {
        Sampler sampler = new Sampler(0.5, rate);
        for (int i = 0; i < 200; i++) {
            assertThat(sampler.keeps(false, Long.MAX_VALUE)).isFalse();
            assertThat(sampler.keeps(true, 1)).isTrue();
        }
        assertThat(IntStream.range(0, 200).filter(i -> sampler.keeps(false, 1)).count())
                .isEqualTo(100);
        assertThat(sampler.keeps(true, 1)).isTrue();
    }

    private long take(int spans) {
        return IntStream.range(0, spans).filter(i -> rate.take()).count();
    }
}
