package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpansToColumns;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.testing.ChosenTexts;
import zipkin.ee.testing.Growth;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Messages whose spans have something in common that a client can choose: whatever it is, twice as
 * many cost twice as much.
 */
class LargeTraceTest {
    private static final long MAX_BYTES = 1L << 30;

    /** Longer ago than any other span, so that it is evicted first. */
    private static final long OLD_MICROS = 1_000_000_000_000_000L;

    private static final QueryRequest SEARCH = QueryRequest.newBuilder()
            .endTs(OLD_MICROS)
            .lookback(OLD_MICROS)
            .limit(10)
            .parseAnnotationQuery("of=nothing and seldom")
            .build();

    private enum Shape {
        ONE_TRACE {
            @Override
            void set(Span.Builder span, int i) {
                span.id(i + 1L);
            }
        },
        ONE_SPAN_ID {
            @Override
            void set(Span.Builder span, int i) {
                span.id(1).parentId(2);
            }
        },
        /** Whose traces take turns, so that each span is a fragment of its own. */
        TWO_TRACES {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(i % 2 == 0 ? "1" : "2").id(i + 1L);
            }
        },
        ONE_LOW_HALF_OF_TRACE_IDS {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(i + 1L, 1).id(i + 1L);
            }
        },
        /** The time that blocks know of the trace is widened with each. */
        LATER_AND_LATER {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(i % 2 == 0 ? "1" : "2").id(i + 1L).timestamp(OLD_MICROS + i * 100_000_000_000L);
            }
        },
        MANY_SERVICES {
            @Override
            void set(Span.Builder span, int i) {
                span.id(i + 1L).localEndpoint(service("s" + i)).remoteEndpoint(service("r" + i));
            }
        },
        /** Spans that differ in nothing else: their hashes would be the same if endpoints' were. */
        SERVICES_OF_ONE_HASH {
            @Override
            void set(Span.Builder span, int i) {
                span.id(1).localEndpoint(service(ChosenTexts.ofOneHash(i)));
            }
        },
        NAMES_OF_ONE_HASH {
            @Override
            void set(Span.Builder span, int i) {
                span.id(1).name(ChosenTexts.ofOneHash(i));
            }
        },
        ONE_SPAN_EACH {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(Integer.toHexString(i + 1)).id(1);
            }
        };

        abstract void set(Span.Builder span, int i);

        SpanColumns message(int spans) {
            List<Span> list = new ArrayList<>();
            for (int i = 0; i < spans; i++) {
                Span.Builder span = Span.newBuilder()
                        .traceId("1")
                        .timestamp(OLD_MICROS + i)
                        .localEndpoint(service("front"))
                        .putTag("number", Integer.toString(i % 100));
                set(span, i);
                list.add(span.build());
            }
            return columns(list);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void store_ofTwiceAsManySpans_costsLessThanThreeTimesAsMuch(Shape shape) throws Exception {
        double growth = Growth.ofDoubling(5_000, size -> {
            SpanColumns message = shape.message(size);
            MemoryStorage storage = storage();
            return () -> storage.accept(message);
        });

        assertThat(growth).isLessThan(Growth.LESS_THAN_QUADRATIC);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void store_ofTheSameMessageAgain_costsNoMoreThanTheFirst_andAddsNothing(Shape shape) throws Exception {
        int spans = 20_000;
        SpanColumns message = shape.message(spans);
        MemoryStorage stored = storage();
        stored.accept(message);

        long first = Growth.leastNanos(spans, any -> {
            MemoryStorage storage = storage();
            return () -> storage.accept(message);
        });
        long again = Growth.leastNanos(spans, any -> () -> stored.accept(message));

        assertThat(stored.spanCount()).isEqualTo(spans);
        assertThat(again).isLessThan(2 * first);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void read_link_search_andEvict_ofTwiceAsManySpans_costLessThanThreeTimesAsMuch(Shape shape) throws Exception {
        double growth = Growth.ofDoubling(5_000, size -> {
            MemoryStorage storage = storage();
            storage.accept(shape.message(size));
            return () -> {
                storage.getTrace("1").execute();
                storage.linkTraces();
                storage.spanStore().getTraces(SEARCH).execute();
                storage.accept(columns(List.of(late())));
            };
        });
        double evicting = Growth.ofDoubling(5_000, size -> {
            MemoryStorage storage = new MemoryStorage(settings(), new MemorySettings(size, MAX_BYTES));
            storage.accept(shape.message(size));
            SpanColumns others = Shape.ONE_SPAN_EACH.message(size);
            return () -> storage.accept(others);
        });

        assertThat(growth).isLessThan(Growth.LESS_THAN_QUADRATIC);
        assertThat(evicting).isLessThan(Growth.LESS_THAN_QUADRATIC);
    }

    @Test
    void tagsInAnotherOrder_areTheSameSpan() throws IOException {
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 15).mapToObj(i -> "k" + i).toList());
        SpanColumns message = columns(List.of(tagged(keys)));
        Collections.reverse(keys);
        MemoryStorage storage = storage();
        storage.accept(message);

        storage.accept(columns(List.of(tagged(keys))));

        assertThat(storage.spanCount()).isEqualTo(1);
    }

    /** The survivors are moved, and known to be there afterwards. */
    @Test
    void largeTrace_whoseBlocksAreMoved_isReadAsBefore_andNotStoredTwice() throws IOException {
        List<Span> large = IntStream.range(0, 3_000)
                .mapToObj(i -> Span.newBuilder()
                        .traceId("f")
                        .id(i + 1L)
                        .timestamp(2 * OLD_MICROS)
                        .putTag("text", "x".repeat(i % 500))
                        .build())
                .toList();
        MemoryStorage storage = new MemoryStorage(settings(), new MemorySettings(6_000, MAX_BYTES));
        for (int from = 0; from < large.size(); from += 10) {
            storage.accept(columns(large.subList(from, from + 10)));
            storage.accept(columns(small(100 * from, 100)));
        }

        assertThat(storage.getTrace("f").execute()).isEqualTo(large);
        assertThat(storage.spanCount()).isEqualTo(6_000);
        storage.accept(columns(large));
        assertThat(storage.getTrace("f").execute()).isEqualTo(large);
        assertThat(storage.byteCount()).isLessThan(10_000_000);
    }

    private static List<Span> small(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(Integer.toHexString(1_000_000 + i))
                        .id(1)
                        .timestamp(OLD_MICROS + i)
                        .build())
                .toList();
    }

    private static Span tagged(List<String> keys) {
        Span.Builder span = Span.newBuilder().traceId("1").id(1);
        keys.forEach(key -> span.putTag(key, "value"));
        return span.build();
    }

    private static Span late() {
        return Span.newBuilder().traceId("ffff").id(1).timestamp(2 * OLD_MICROS).build();
    }

    private static SpanColumns columns(List<Span> spans) {
        return SpansToColumns.toColumns(spans);
    }

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }

    private static StorageSettings settings() {
        return new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
    }

    private static MemoryStorage storage() {
        return new MemoryStorage(settings(), new MemorySettings(500_000, MAX_BYTES));
    }
}
