package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LargeTracesTest {
    private final LargeTraces traces = new LargeTraces();

    @Test
    void largeTrace_isReadAlone() {
        traces.read(3L, LargeTraces.ROWS);
        traces.read(4L, LargeTraces.ROWS - 1);

        assertThat(traces.together(List.of(1L, 2L, 3L, 4L))).isEqualTo(2);
        assertThat(traces.together(List.of(3L, 4L, 5L))).isOne();
        assertThat(traces.together(List.of(4L, 5L))).isEqualTo(2);
    }

    @Test
    void thousandLargeTraces_areRemembered_theLastReadOnes() {
        LongStream.range(0, 1_000).forEach(trace -> traces.read(trace, LargeTraces.ROWS));
        traces.read(0L, LargeTraces.ROWS);
        traces.read(1_000L, LargeTraces.ROWS);

        assertThat(traces.together(List.of(-1L, 1L, 2L))).isEqualTo(2);
        assertThat(traces.together(List.of(-1L, 0L))).isOne();
    }
}
