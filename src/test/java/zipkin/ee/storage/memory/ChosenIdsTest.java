package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpansToColumns;
import zipkin.ee.codec.TextHash;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.testing.Growth;
import zipkin2.Span;

/** Ids that fall together in tables whose hashes are public cost no more than others here. */
class ChosenIdsTest {
    private static final int TRACES = 40_000;

    /**
     * Factors of tables that were, or might be, public: that of the golden ratio, and one of
     * MurmurHash3.
     */
    @ParameterizedTest
    @ValueSource(longs = {0x9e37_79b9_7f4a_7c15L, 0xff51_afd7_ed55_8ccdL, 1})
    void traceIds_thatAreMultiplesOfTheInverseOfAFactor_costAsMuchAsOthers(long factor) throws Exception {
        long inverse = inverse(factor);
        long usual = nanos(i -> TextHash.of((long) i));

        long upperHalf = nanos(i -> inverse * (1L + i));
        long lowerHalf = nanos(i -> inverse * ((1L + i) << 40));

        assertThat(upperHalf).isLessThan(3 * usual);
        assertThat(lowerHalf).isLessThan(3 * usual);
    }

    @Test
    void shards_areNotChosenByIdsThatDifferInFewBits() {
        for (int shift = 0; shift < 48; shift += 4) {
            long[] shards = new long[16];
            for (long i = 1; i <= 1_600; i++) {
                shards[(int) (TextHash.of(i << shift) >>> 60)]++;
            }
            assertThat(LongStream.of(shards)).as("ids shifted by %s", shift).allMatch(ids -> ids > 40 && ids < 200);
        }
    }

    /** The upper bits of the last eight bytes count too. */
    @Test
    void texts_thatDifferInTheirLastLetterOnly_haveDifferentHashes() {
        long different = IntStream.range(0, 256)
                .map(last -> {
                    byte[] text = {'a', 'a', 'a', 'a', 'a', 'a', 'a', (byte) last};
                    return TextHash.of(text, 0, text.length);
                })
                .distinct()
                .count();

        assertThat(different).isEqualTo(256);
    }

    /** UTF-8 has a question mark for each. */
    @Test
    void texts_withHalvesOfSurrogatePairs_haveDifferentHashes() {
        long different = IntStream.range(0xd800, 0xdc00)
                .map(half -> TextHash.of("service" + (char) half))
                .distinct()
                .count();

        assertThat(different).isEqualTo(1024);
    }

    private static long nanos(IntToLongFunction ids) throws Exception {
        List<Span> spans = IntStream.range(0, TRACES)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(0, ids.applyAsLong(i))
                        .id(1)
                        .timestamp(1_000_000L + i)
                        .build())
                .toList();
        SpanColumns message = SpansToColumns.toColumns(spans);
        StorageSettings settings = new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
        return Growth.leastNanos(TRACES, any -> {
            MemoryStorage storage = new MemoryStorage(settings, new MemorySettings(500_000, 1L << 30));
            return () -> storage.accept(message);
        });
    }

    /** By Newton's method: each step doubles the bits that are right. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
