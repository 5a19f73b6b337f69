package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanSetTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 64, 129, 4095, 4096})
    void decode_givesBackWhatWasEncoded(int batchSpans) {
        Random random = new Random(batchSpans);
        for (double share : new double[] {0, 0.01, 0.12, 0.13, 0.5, 0.99, 1}) {
            int last = random.nextInt(batchSpans);
            int[] spans = IntStream.range(0, batchSpans)
                    .filter(i -> i == last || random.nextDouble() < share)
                    .toArray();

            byte[] bytes = SpanSet.encode(spans, spans.length, batchSpans);

            assertThat(SpanSet.decode(bytes, batchSpans).stream().toArray()).isEqualTo(spans);
            // MySQL's column takes this many.
            assertThat(bytes.length).isLessThanOrEqualTo(1000);
        }
    }

    @Test
    void encode_ofAllSpans_takesOneByte() {
        assertThat(SpanSet.encode(new int[] {0, 1, 2}, 3, 3)).containsExactly(0);
    }

    @Test
    void encode_ofFewSpans_writesDistances() {
        assertThat(SpanSet.encode(new int[] {0, 1, 200, 9}, 3, 4096)).containsExactly(1, 0, 0, 0xc6, 1);
    }

    @Test
    void encode_ofManySpans_writesBits() {
        assertThat(SpanSet.encode(new int[] {0, 2, 9}, 3, 10)).containsExactly(2, 0b101, 0b10);
    }

    @Test
    void decode_ofAnUnknownKind_fails() {
        assertThatThrownBy(() -> SpanSet.decode(new byte[] {3}, 1)).isInstanceOf(IllegalStateException.class);
    }
}
