package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.MemorySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageContract;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.TestObjects;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.StorageComponent;

/** {@code STORAGE_TYPE=mem} under the contract. */
class MemoryStorageTest extends StorageContract {
    @Override
    protected StorageComponent open(StorageSettings settings) {
        return new MemoryStorageFactory(settings, new MemorySettings(500_000, 1 << 28)).create();
    }

    @Test
    void store_ofMoreSpansThanFit_keepsAsManyAsFit() throws IOException {
        StorageSettings settings = new StorageSettings("mem", true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorageFactory(settings, new MemorySettings(3, 1 << 28)).create();
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

    /** Sides of one v1 span have all in common but their host. */
    @Test
    void store_ofManySpansThatDifferInOneField_comparesFew() throws IOException {
        StorageSettings settings = new StorageSettings("mem", true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorageFactory(settings, new MemorySettings(500_000, 1 << 28)).create();
        String name = "a".repeat(1 << 20);
        List<Span> spans = IntStream.range(0, 2000)
                .mapToObj(i -> Span.newBuilder()
                        .traceId("1")
                        .id(1L)
                        .name(name)
                        .localEndpoint(
                                Endpoint.newBuilder().serviceName("s" + i).build())
                        .build())
                .toList();

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> storage.spanConsumer().accept(spans).execute());

        assertThat(storage.serviceAndSpanNames().getServiceNames().execute()).hasSize(2000);
    }

    @Test
    void dependencies_ofAnInterruptedQuery_areLinkedByTheNext() throws IOException {
        StorageSettings settings = new StorageSettings("mem", true, true, List.of(), Duration.ofHours(1));
        StorageComponent storage = new MemoryStorageFactory(settings, new MemorySettings(500_000, 1 << 28)).create();
        storage.spanConsumer().accept(TestObjects.TRACE).execute();
        Call<List<DependencyLink>> links = storage.spanStore().getDependencies(TestObjects.TODAY + 1, 86_400_000L);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> links.clone().execute()).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(links.execute()).isNotEmpty();
    }
}
