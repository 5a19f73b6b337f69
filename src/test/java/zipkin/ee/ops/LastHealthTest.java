package zipkin.ee.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LastHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(11);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final AtomicInteger checks = new AtomicInteger();
    private @Nullable String error;
    private final LastHealth last = new LastHealth(this::check, pool::add, LIMIT, INTERVAL, nanos::get);

    @Test
    void askers_beforeTheFirstResult_findNone() {
        assertThat(last.current()).isNull();
        last.refresh();
        assertThat(last.current()).isNull();
    }

    @Test
    void askers_asManyAsTheyAre_getTheLastResult_andCauseNoCheck() {
        run();
        for (int i = 0; i < 10_000; i++) {
            assertThat(up()).isTrue();
        }
        assertThat(checks).hasValue(1);
        assertThat(pool).isEmpty();
    }

    @Test
    void result_staysWhileTheNextCheckRuns_andIsDownWhenThatTakesTooLong() {
        run();
        last.refresh();
        nanos.addAndGet(LIMIT.toNanos());
        assertThat(up()).isTrue();

        nanos.incrementAndGet();
        assertThat(up()).isFalse();

        pool.remove().run();
        assertThat(up()).isTrue();
    }

    @Test
    void refresh_whileACheckRuns_isFollowedByAnother() {
        last.refresh();
        last.refresh();
        last.refresh();
        assertThat(pool).hasSize(1);
        pool.remove().run();
        assertThat(checks).hasValue(1);

        error = "down";
        run();
        assertThat(up()).isFalse();
    }

    @Test
    void check_thatThrows_isDown_andTheNextOneCounts() {
        error = "throw";
        run();
        assertThat(up()).isFalse();
        error = null;
        run();
        assertThat(up()).isTrue();
    }

    @Test
    void askers_whenTheTimerIsDead_causeOneCheck() {
        run();
        nanos.addAndGet(3 * INTERVAL.toNanos() + 1);
        for (int i = 0; i < 100; i++) {
            assertThat(up()).isTrue();
        }
        assertThat(pool).hasSize(1);
    }

    private void run() {
        last.refresh();
        pool.remove().run();
    }

    private boolean up() {
        Health current = last.current();
        return current != null && current.up();
    }

    private Health check() {
        checks.incrementAndGet();
        if ("throw".equals(error)) {
            throw new IllegalStateException("ordered");
        }
        return Health.of(List.of(new Health.Component("InMemoryStorage{}", error, Map.of())));
    }
}
