package zipkin.ee.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.budget.Budgets;
import zipkin.ee.config.StorageSettings;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/** All that the storage keeps is counted, and within its bound. */
class MemoryBoundsTest {
    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_SPANS = 500_000;
    private static final long MICROS = 1_700_000_000_000_000L;

    /** What storages are filled with. */
    private enum Shape {
        MANY_SERVICE_NAMES(60_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i)).localEndpoint(service("service-" + i)).name("get");
            }
        },
        MANY_SPAN_NAMES(100_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i / 10)).localEndpoint(service("s" + i % 10)).name("get /users/" + i);
            }
        },
        MANY_LINKS(60_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i / 100))
                        .kind(Span.Kind.CLIENT)
                        .localEndpoint(service("a" + (i * 31 + i / 100) % 1000))
                        .remoteEndpoint(service("b" + (i * 17 + i / 100 * 3) % 1000));
            }
        },
        TINY_SPANS_OF_LARGE_TRACES(300_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i / 5_000));
            }
        },
        HUGE_SPANS(150) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i)).putTag("body", "x".repeat(100_000) + i);
            }
        },
        TRACES_OF_ONE_SPAN(150_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i)).localEndpoint(service("front")).name("get");
            }
        },
        UNIQUE_TAGS(60_000) {
            @Override
            void set(Span.Builder span, int i) {
                span.traceId(hex(i / 10))
                        .localEndpoint(service("front"))
                        .putTag("user", "user-" + i)
                        .putTag("key" + i % 500, "request-" + 7L * i);
            }
        };

        private final int spans;

        Shape(int spans) {
            this.spans = spans;
        }

        abstract void set(Span.Builder span, int i);

        private void fill(MemoryStorage storage) throws IOException {
            List<Span> message = new ArrayList<>();
            for (int i = 0; i < spans; i++) {
                Span.Builder span = Span.newBuilder().id(i + 1L).timestamp(MICROS + i * 1_000L);
                set(span, i);
                message.add(span.build());
                if (message.size() == 500 || i == spans - 1) {
                    storage.spanConsumer().accept(message).execute();
                    message.clear();
                }
            }
            storage.linkTraces();
        }
    }

    /** In a JVM of its own, since what other tests leave behind goes when it will. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void heapOfAStorage_growsByWhatIsCounted(Shape shape) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process jvm = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // or a full collection leaves some of what is dead
                        "-XX:MarkSweepDeadRatio=0",
                        "-cp",
                        classPath,
                        MemoryBoundsTest.class.getName(),
                        shape.name())
                .redirectErrorStream(true)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(jvm.waitFor()).as(output).isZero();
        List<Long> numbers = Stream.of(output.split(" ")).map(Long::valueOf).toList();

        assertThat(numbers.get(0)).as("counted").isCloseTo(numbers.get(1), Percentage.withPercentage(20));
    }

    /** Prints what a storage of one shape counts, and by how much it lets the heap grow. */
    public static void main(String[] shape) throws IOException {
        Shape.valueOf(shape[0]).fill(storage(1L << 30)); // loads all classes
        MemoryStorage storage = storage(1L << 30);
        long before = usedHeap();
        Shape.valueOf(shape[0]).fill(storage);
        long grown = usedHeap() - before;
        System.out.println(storage.byteCount() + " " + grown);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void storageThatIsFilledAgainAndAgain_staysWithinItsBound(Shape shape) throws IOException {
        MemoryStorage storage = storage(MAX_BYTES / 4);
        for (int round = 0; round < 2; round++) {
            shape.fill(storage);

            assertThat(storage.byteCount()).isLessThanOrEqualTo(MAX_BYTES / 4);
        }
        assertThat(storage.spanCount()).isPositive();
    }

    @Test
    void moreServiceNamesThanFit_areListedLatestFirst_butUsedOnesStay() throws IOException {
        MemoryStorage storage = storage(MAX_BYTES);
        Budgets budgets = new Budgets();
        storage.showIn(budgets);
        for (int message = 0; message < 310; message++) {
            List<Span> spans = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                int number = 1_000 * message + i;
                spans.add(span(number, "flood-" + number));
                if (i % 100 == 0) {
                    spans.add(span(1_000_000 + number, "shop"));
                }
            }
            storage.spanConsumer().accept(spans).execute();
        }

        List<String> names = storage.getServiceNames().execute();
        assertThat(names)
                .contains("shop", "flood-309999")
                .doesNotContain("flood-1")
                .hasSizeBetween(5_000, 20_000);
        assertThat(used(budgets, "mem_names_bytes")).isBetween(MAX_BYTES / 9, MAX_BYTES / 8);
        assertThat(used(budgets, "mem_bytes")).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(budgets.counts())
                .singleElement()
                .satisfies(count -> assertThat(count.value().getAsLong()).isGreaterThan(290_000));
    }

    @Test
    void namesAndLinks_goWithTheirTraces() throws IOException {
        MemoryStorage storage = new MemoryStorage(settings(), new MemorySettings(60_000, 1L << 30));
        Budgets budgets = new Budgets();
        storage.showIn(budgets);
        Shape.MANY_LINKS.fill(storage);
        assertThat(used(budgets, "mem_links_bytes")).isGreaterThan(1_000_000);
        assertThat(used(budgets, "mem_names_bytes")).isGreaterThan(100_000);

        List<Span> others = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            others.add(span(100_000_000 + i, "other"));
        }
        storage.spanConsumer().accept(others).execute();
        storage.linkTraces();

        assertThat(storage.getServiceNames().execute()).containsExactly("other");
        assertThat(used(budgets, "mem_names_bytes")).isLessThan(1_000);
        // What stays is twelve bytes for each place of a trace.
        assertThat(used(budgets, "mem_links_bytes")).isLessThan(2_500_000);
    }

    @Test
    void linksBeyondTheirShare_areCountedAllTheSame() throws IOException {
        MemoryStorage large = storage(1L << 30);
        Shape.MANY_LINKS.fill(large);
        Budgets budgets = new Budgets();
        MemoryStorage tiny = new MemoryStorage(settings(), new MemorySettings(MAX_SPANS, 1L << 30), 10_000);
        tiny.showIn(budgets);
        Shape.MANY_LINKS.fill(tiny);
        long endMillis = MICROS / 1000 + 1_000_000;

        assertThat(tiny.spanStore().getDependencies(endMillis, endMillis).execute())
                .isEqualTo(
                        large.spanStore().getDependencies(endMillis, endMillis).execute())
                .hasSizeGreaterThan(1_000);
        assertThat(used(budgets, "mem_links_bytes")).isLessThanOrEqualTo(10_000);
    }

    /** An index that has grown beyond the bound must not leave room for nothing. */
    @Test
    void storageOfManyTracesInLittleRoom_keepsTheLatest() throws IOException {
        MemoryStorage storage = storage(3L << 20);
        QueryRequest all = QueryRequest.newBuilder()
                .endTs(MICROS / 1000 + 10_000_000)
                .lookback(20_000_000)
                .limit(10)
                .build();
        for (int i = 0; i < 100_000; i += 100) {
            List<Span> spans = new ArrayList<>();
            for (int k = i; k < i + 100; k++) {
                spans.add(Span.newBuilder()
                        .traceId(hex(k))
                        .id(1)
                        .timestamp(MICROS + k)
                        .build());
            }
            storage.spanConsumer().accept(spans).execute();
            assertThat(storage.byteCount()).isLessThanOrEqualTo(3L << 20);
        }
        assertThat(storage.spanCount()).isGreaterThan(1_000);
        assertThat(storage.spanStore().getTraces(all).execute()).hasSize(10);
    }

    private static Span span(int number, String service) {
        return Span.newBuilder()
                .traceId(hex(number))
                .id(1)
                .timestamp(MICROS + number)
                .localEndpoint(service(service))
                .build();
    }

    private static long used(Budgets budgets, String name) {
        return budgets.all().stream()
                .filter(reading -> reading.name().equals(name))
                .findFirst()
                .orElseThrow()
                .used()
                .getAsLong();
    }

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }

    private static String hex(int number) {
        return Integer.toHexString(1 + number);
    }

    private static StorageSettings settings() {
        return new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
    }

    private static MemoryStorage storage(long maxBytes) {
        return new MemoryStorage(settings(), new MemorySettings(MAX_SPANS, maxBytes));
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
