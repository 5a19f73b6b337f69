package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
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

            byte[] levels = new byte[4096];
            random.nextBytes(levels);

            byte[] bytes = new BatchHeader(ids, starts, traceOfSpan, levels).encode(MILLIS);
            BatchHeader header = BatchHeader.decode(bytes, new BatchIds().next(MILLIS));

            assertThat(header.traces()).isEqualTo(ids);
            assertThat(header.startMillis()).isEqualTo(starts);
            assertThat(header.traceOfSpan()).isEqualTo(traceOfSpan);
            assertThat(header.levels()).isEqualTo(levels);
            assertThat(header.spans()).isEqualTo(4096);
        }
    }

    @Test
    void encode_ofOneSpan_isAsDocumented() {
        byte[] bytes =
                new BatchHeader(new long[] {-1}, new long[] {MILLIS}, new int[] {0}, new byte[] {7}).encode(MILLIS);

        assertThat(bytes).containsExactly(1, 255, 255, 255, 255, 255, 255, 255, 255, 0, 1, 0, 7);
    }

    @Test
    void level_growsWithTheDuration_byEighthsOfDoublings() {
        assertThat(BatchHeader.level(-1)).isEqualTo(0);
        assertThat(BatchHeader.level(0)).isEqualTo(0);
        assertThat(BatchHeader.level(1)).isEqualTo(1);
        assertThat(BatchHeader.level(1024)).isEqualTo(81);
        assertThat(BatchHeader.level(1151)).isEqualTo(81);
        assertThat(BatchHeader.level(1152)).isEqualTo(82);
        assertThat(BatchHeader.level(2047)).isEqualTo(88);
        assertThat(BatchHeader.level(Long.MAX_VALUE)).isEqualTo(255);
        int last = 0;
        for (long micros = 1; micros > 0; micros += 1 + micros / 100) {
            assertThat(BatchHeader.level(micros)).isBetween(last, 255);
            last = BatchHeader.level(micros);
        }
    }

    @Test
    void range_keepsWhatMayFit_andTakesTheRestAway() {
        byte[] levels = {0, (byte) BatchHeader.level(900), (byte) BatchHeader.level(5_000), (byte) 255};
        BatchHeader header = new BatchHeader(new long[] {1}, new long[] {MILLIS}, new int[4], levels);

        assertThat(kept(header, new DurationRange(BatchHeader.level(900), BatchHeader.level(5_000))))
                .isEqualTo("{1, 2}");
        assertThat(kept(header, new DurationRange(BatchHeader.level(5_001), 255)))
                .isEqualTo("{2, 3}");
        assertThat(kept(header, new DurationRange(BatchHeader.level(6_000), 255)))
                .isEqualTo("{3}");
        assertThat(kept(header, DurationRange.ANY)).isEqualTo("{0, 1, 2, 3}");
    }

    private static String kept(BatchHeader header, DurationRange range) {
        BitSet spans = new BitSet();
        spans.set(0, 4);
        range.retain(header, spans);
        return spans.toString();
    }
}
