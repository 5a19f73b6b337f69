package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchHeaderTest {
    private static final long MILLIS = 1_767_268_800_000L;

    @Test
    void decode_givesBackWhatWasEncoded() {
        Random random = new Random(1);
        for (int traces : new int[] {1, 2, 127, 128, 4096}) {
            long[] ids = random.longs(traces).toArray();
            long[] starts = random.longs(traces, MILLIS - 10_000, MILLIS + 1).toArray();
            int[] traceOfSpan = random.ints(4096, 0, traces).toArray();

            byte[] bytes = new BatchHeader(ids, starts, traceOfSpan).encode(MILLIS);
            BatchHeader header = BatchHeader.decode(bytes, new BatchIds().next(MILLIS));

            assertThat(header.traces()).isEqualTo(ids);
            assertThat(header.startMillis()).isEqualTo(starts);
            assertThat(header.traceOfSpan()).isEqualTo(traceOfSpan);
            assertThat(header.spans()).isEqualTo(4096);
        }
    }

    @Test
    void encode_ofOneSpan_isAsDocumented() {
        byte[] bytes = new BatchHeader(new long[] {-1}, new long[] {MILLIS}, new int[] {0}).encode(MILLIS);

        assertThat(bytes).containsExactly(1, 255, 255, 255, 255, 255, 255, 255, 255, 0, 1, 0);
    }
}
