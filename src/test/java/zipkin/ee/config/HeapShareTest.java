package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of docs/operating/memory.md. */
class HeapShareTest {
    @ParameterizedTest
    @CsvSource({"256, 112", "512, 336", "1024, 784", "4096, 3472", "128, 32"})
    void share_isOfWhatTheServerLeaves(long heapMebibytes, long leftMebibytes) {
        long share = HeapShare.percent(50, heapMebibytes << 20);

        assertThat(share / 1e6).isEqualTo((leftMebibytes << 19) / 1e6, org.assertj.core.data.Offset.offset(0.001));
    }
}
