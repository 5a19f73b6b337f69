package zipkin.ee.storage.jpa.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Span;

class BatchesTest {
    private static final long NOW_MILLIS = 1_767_268_800_000L;

    private final Batches batches = new Batches(Clock.fixed(Instant.ofEpochMilli(NOW_MILLIS), ZoneOffset.UTC));

    @Test
    void traceLow_isTheLow64BitsOfTheId() {
        assertThat(Batches.traceLow("000000000000000a")).isEqualTo(10);
        assertThat(Batches.traceLow("ffffffffffffffff")).isEqualTo(-1);
        assertThat(Batches.traceLow("1234567890abcdef000000000000000b")).isEqualTo(11);
        assertThat(Batches.traceLow(span("a", 0).build())).isEqualTo(10);
    }

    @Test
    void divide_ofNothing_isNothing() {
        assertThat(batches.divide(List.of())).isEmpty();
    }

    @Test
    void divide_ofTracesOfOneMoment_isOneBatchWithTheTimeOfTheLatest() {
        List<Span> spans = List.of(
                span("a", NOW_MILLIS - 5000).build(),
                span("b", NOW_MILLIS).build(),
                span("a", NOW_MILLIS - 7000).build());

        List<Batch> divided = batches.divide(spans);

        assertThat(divided).hasSize(1);
        Batch batch = divided.get(0);
        assertThat(batch.spans()).containsExactly(spans.get(1), spans.get(0), spans.get(2));
        assertThat(BatchIds.millis(batch.id())).isEqualTo(NOW_MILLIS);
        BatchHeader header = BatchHeader.decode(batch.header(), batch.id());
        assertThat(header.traces()).containsExactly(0xb, 0xa);
        assertThat(header.startMillis()).containsExactly(NOW_MILLIS, NOW_MILLIS - 7000);
        assertThat(header.traceOfSpan()).containsExactly(0, 1, 1);
        assertThat(header.spans()).isEqualTo(3);
    }

    @Test
    void divide_keepsTracesTogetherThatBeginWithinTenSeconds() {
        assertThat(batches.divide(List.of(
                        span("a", NOW_MILLIS).build(),
                        span("b", NOW_MILLIS - 10_000).build())))
                .hasSize(1);
        assertThat(batches.divide(List.of(
                        span("a", NOW_MILLIS).build(),
                        span("b", NOW_MILLIS - 10_001).build())))
                .hasSize(2);
    }

    @Test
    void divide_ofSpansWithoutTimestamp_takesThatOfTheirTraceOrTheClocks() {
        List<Batch> divided = batches.divide(List.of(
                span("a", 0).build(),
                span("a", NOW_MILLIS - 50_000).build(),
                span("b", 0).build()));

        assertThat(divided).hasSize(2);
        assertThat(BatchIds.millis(divided.get(0).id())).isEqualTo(NOW_MILLIS);
        assertThat(divided.get(0).spans()).hasSize(1);
        assertThat(BatchIds.millis(divided.get(1).id())).isEqualTo(NOW_MILLIS - 50_000);
        assertThat(divided.get(1).spans()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {4095, 4096, 4097, 8192, 10_000})
    void divide_ofALongTrace_keepsBatchesWithinTheirBoundAndEverySpan(int size) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            spans.add(span("a", NOW_MILLIS - i % 100).id(i + 1L).build());
        }
        spans.add(span("b", NOW_MILLIS).build());

        List<Batch> divided = batches.divide(spans);

        List<Span> together = new ArrayList<>();
        for (Batch batch : divided) {
            assertThat(batch.spans()).hasSizeLessThanOrEqualTo(4096);
            assertThat(BatchHeader.decode(batch.header(), batch.id()).spans())
                    .isEqualTo(batch.spans().size());
            together.addAll(batch.spans());
        }
        assertThat(together).containsExactlyInAnyOrderElementsOf(spans);
        assertThat(divided).extracting(Batch::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00.001Z", "2109-05-15T07:35:11.104Z", "2200-01-01T00:00:00Z"})
    void divide_ofOddTimes_keepsTheHeaderReadable(Instant time) {
        List<Batch> divided = batches.divide(List.of(
                span("a", time.toEpochMilli()).build(), span("b", NOW_MILLIS).build()));

        assertThat(divided).hasSize(2);
        for (Batch batch : divided) {
            BatchHeader header = BatchHeader.decode(batch.header(), batch.id());
            assertThat(header.startMillis()).containsExactly(BatchIds.millis(batch.id()));
        }
    }

    @Test
    void divide_ofTheLargestTimestamp_isABatch() {
        Span last = span("a", 0).timestamp(Long.MAX_VALUE).build();
        assertThat(batches.divide(List.of(last))).hasSize(1);
    }

    @Test
    void index_hasEachTermOnceWithTheSpansThatHaveIt() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            spans.add(span("a", NOW_MILLIS)
                    .id(i + 1L)
                    .putTag("number", Integer.toString(i))
                    .putTag("third", Integer.toString(i % 3))
                    .addAnnotation(1, "number")
                    .build());
        }
        Batch batch = batches.divide(spans).get(0);
        Map<Long, TreeSet<Integer>> expected = new TreeMap<>();
        for (int i = 0; i < spans.size(); i++) {
            int number = i;
            Terms.of(batch.spans().get(i), term -> expected.computeIfAbsent(term, t -> new TreeSet<>())
                    .add(number));
        }

        Map<Long, TreeSet<Integer>> indexed = new TreeMap<>();
        List<Long> order = new ArrayList<>();
        batch.index().forEach((term, set) -> {
            order.add(term);
            TreeSet<Integer> numbers = new TreeSet<>();
            SpanSet.decode(set, spans.size()).stream().forEach(numbers::add);
            assertThat(indexed.put(term, numbers)).isNull();
        });

        assertThat(indexed).isEqualTo(expected).hasSizeGreaterThan(3000);
        assertThat(order).isSorted();
    }

    private static Span.Builder span(String traceId, long millis) {
        return Span.newBuilder().traceId(traceId).id("1").timestamp(millis * 1000);
    }
}
