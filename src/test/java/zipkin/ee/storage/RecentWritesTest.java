package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentWritesTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentWrites<String> writes = new RecentWrites<>(4, TIME, nanos::get);

    @Test
    void key_isKnown_forHalfTheTimeAtLeast_andForTheTimeAtMost() {
        nanos.set(seconds(4));
        writes.add(List.of("a"));
        nanos.set(seconds(9));
        assertThat(writes.contains("a")).isTrue();
        nanos.set(seconds(14));
        assertThat(writes.contains("a")).isFalse();
    }

    @Test
    void key_thatWasNotAdded_isUnknown() {
        assertThat(writes.contains("a")).isFalse();
    }

    @Test
    void key_isForgotten_whenNobodyAskedForLong() {
        writes.add(List.of("a"));
        nanos.set(seconds(100));
        assertThat(writes.contains("a")).isFalse();
    }

    @Test
    void keys_beyondTheBound_areForgotten_theOldestFirst() {
        writes.add(List.of("a", "b"));
        writes.add(List.of("c", "d"));
        writes.add(List.of("e"));
        assertThat(writes.contains("a")).isFalse();
        assertThat(writes.contains("d")).isTrue();
        assertThat(writes.contains("e")).isTrue();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
