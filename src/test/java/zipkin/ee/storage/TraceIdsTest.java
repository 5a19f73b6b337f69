package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zipkin2.Span;

class TraceIdsTest {
    private static final String LOW = "000000000000000a";
    private static final String WIDE = "0000000000000001" + LOW;
    private static final TraceIds STRICT = new TraceIds(true);
    private static final TraceIds LENIENT = new TraceIds(false);

    private final Span narrow = Span.newBuilder().traceId(LOW).id("1").build();
    private final Span wide = Span.newBuilder().traceId(WIDE).id("2").build();

    @Test
    void key_isTheWholeIdOrItsLowHalf() {
        assertThat(STRICT.keys(List.of(LOW, WIDE))).containsExactly(LOW, WIDE);
        assertThat(LENIENT.keys(List.of(LOW, WIDE))).containsExactly(LOW);
    }

    @Test
    void group_dividesByKey() {
        assertThat(STRICT.group(List.of(narrow, wide)).values()).containsExactly(List.of(narrow), List.of(wide));
        assertThat(LENIENT.group(List.of(narrow, wide)).values()).containsExactly(List.of(narrow, wide));
    }

    @Test
    void select_whenStrict_leavesOutTracesOfOtherIds() {
        List<List<Span>> found = List.of(List.of(narrow, wide));
        assertThat(STRICT.select(found, Set.of(WIDE))).containsExactly(List.of(wide));
        assertThat(LENIENT.select(found, Set.of(WIDE))).isEqualTo(found);
    }
}
