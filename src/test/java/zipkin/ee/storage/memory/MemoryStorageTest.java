package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageContract;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.StorageComponent;

/** {@code STORAGE_TYPE=mem} under the contract. */
class MemoryStorageTest extends StorageContract {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    protected StorageComponent open(StorageSettings settings) {
        return new MemoryStorage(settings, new MemorySettings(500_000, 1 << 28));
    }

    @Override
    protected StorageCapabilities capabilities() {
        return MemoryStorage.CAPABILITIES;
    }

    @Test
    void store_ofMoreSpansThanFit_keepsAsManyAsFit() throws IOException {
        StorageSettings settings = new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorage(settings, new MemorySettings(3, 1 << 28));
        List<Span> spans = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(Integer.toHexString(i))
                        .id(1L)
                        .timestamp(i * 1000L)
                        .build())
                .toList();

        storage.spanConsumer().accept(spans).execute();

        QueryRequest all =
                QueryRequest.newBuilder().endTs(1000).lookback(1000).limit(100).build();
        assertThat(storage.spanStore().getTraces(all).execute())
                .containsExactly(List.of(spans.get(9)), List.of(spans.get(8)), List.of(spans.get(7)));
    }

    /**
     * Sides of one v1 span have all in common but their host. Comparing each with each reads 250
     * GB.
     */
    @Test
    void store_ofManySpansThatDifferInOneField_comparesFew() throws IOException {
        StorageSettings settings = new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorage(settings, new MemorySettings(500_000, 1 << 28));
        String name = "a".repeat(1 << 17);
        List<Span> spans = IntStream.range(0, 2000)
                .mapToObj(i -> Span.newBuilder()
                        .traceId("1")
                        .id(1L)
                        .name(name)
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName("s" + i).build())
                        .build())
                .toList();

        long start = THREADS.getCurrentThreadCpuTime();
        storage.spanConsumer().accept(spans).execute();
        long nanos = THREADS.getCurrentThreadCpuTime() - start;

        assertThat(nanos).isLessThan(4_000_000_000L);

        assertThat(storage.serviceAndSpanNames().getServiceNames().execute()).hasSize(2000);
    }

    @Test
    void dependencies_ofAnInterruptedQuery_areLinkedByTheNext() throws IOException {
        StorageSettings settings = new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorage(settings, new MemorySettings(500_000, 1 << 28));
        storage.spanConsumer().accept(TestObjects.TRACE).execute();
        Call<List<DependencyLink>> links = storage.spanStore().getDependencies(TestObjects.TODAY + 1, 86_400_000L);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> links.clone().execute()).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(links.execute()).isNotEmpty();
    }

    @Test
    void store_beyondMaxBytes_keepsTheLatestTraces() throws IOException {
        long maxBytes = 4L << 20;
        MemoryStorage storage = storage(500_000, maxBytes);
        for (int message = 0; message < 300; message++) {
            storage.spanConsumer().accept(traces(message * 100, 100, i -> i)).execute();

            assertThat(storage.byteCount()).isLessThanOrEqualTo(maxBytes);
        }

        assertThat(storage.spanCount()).isBetween(5_000L, 29_000L);
        assertThat(storage.getTrace(Integer.toHexString(1)).execute()).isEmpty();
        assertThat(storage.getTrace(Integer.toHexString(30_000)).execute()).hasSize(1);
    }

    /** One trace in ten is of much later, so that it outlives the others of its block. */
    @Test
    void tracesThatOutliveOthers_areThereStill_andTheirBlocksAreNot() throws IOException {
        int maxSpans = 8_000;
        MemoryStorage storage = storage(maxSpans, 1L << 30);
        InMemoryStorage theirs =
                InMemoryStorage.newBuilder().maxSpanCount(maxSpans).build();
        long most = 0;
        for (int message = 0; message < 800; message++) {
            List<Span> spans = traces(message * 100, 100, i -> i % 10 == 0 ? 1_000_000 + i : i);
            storage.spanConsumer().accept(spans).execute();
            theirs.accept(spans).execute();
            most = Math.max(most, storage.byteCount());
        }

        assertThat(storage.spanCount()).isEqualTo(maxSpans);
        for (int trace = 1; trace <= 80_000; trace += 7) {
            String id = Integer.toHexString(trace);
            assertThat(storage.getTrace(id).execute())
                    .isEqualTo(theirs.getTrace(id).execute());
        }
        assertThat(storage.serviceAndSpanNames().getServiceNames().execute())
                .isEqualTo(theirs.getServiceNames().execute());
        // The survivors of 80,000 spans lie in 80 blocks; written again they take about what 8,000
        // spans take.
        assertThat(most).isLessThan(3 * bytesOf(maxSpans));
    }

    private static long bytesOf(int spans) throws IOException {
        MemoryStorage storage = storage(spans, 1L << 30);
        for (int from = 0; from < spans; from += 100) {
            storage.spanConsumer().accept(traces(from, 100, i -> i)).execute();
        }
        return storage.byteCount();
    }

    private static MemoryStorage storage(int maxSpans, long maxBytes) {
        StorageSettings settings = new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1));
        return new MemoryStorage(settings, new MemorySettings(maxSpans, maxBytes));
    }

    /** Of one span each, whose ids count from one more than {@code from}. */
    private static List<Span> traces(int from, int count, IntToLongFunction seconds) {
        return IntStream.rangeClosed(from + 1, from + count)
                .mapToObj(i -> Span.newBuilder()
                        .traceId(Integer.toHexString(i))
                        .id(1L)
                        .name("n" + i % 7)
                        .timestamp((1 + seconds.applyAsLong(i)) * 1_000_000)
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName("s" + i % 5).build())
                        .putTag("of", "span " + i)
                        .build())
                .toList();
    }
}
