package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageCapabilities.Capability;
import zipkin.ee.storage.kit.StorageComponentContract;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.StorageComponent;

/**
 * What every storage of this server has to do. A backend binds it by a subclass that says how to
 * open and clear it.
 */
public abstract class StorageContract extends StorageComponentContract {
    /**
     * Opens the storage under test, as {@link StorageFactory#create()} does with these settings.
     */
    protected abstract StorageComponent open(StorageSettings settings);

    /** What the storage's factory declares. */
    protected StorageCapabilities capabilities() {
        return StorageCapabilities.blocking();
    }

    @Override
    protected final StorageComponent.Builder newBuilder() {
        return new SettingsBuilder(this::open);
    }

    /** A storage is what it declares to be. */
    @Nested
    class Capabilities {
        private static final long NOW_MILLIS = 1_767_225_600_000L;

        private final StorageComponent storage = newBuilder().build();

        @BeforeEach
        void open() {
            assertThat(storage.check().ok()).isTrue();
        }

        @AfterEach
        void close() throws Exception {
            clear();
            storage.close();
        }

        @Test
        void spanColumns_areTakenByAStorageThatDeclaresThem() {
            assertThat(storage instanceof SpanColumnsConsumer)
                    .isEqualTo(capabilities().has(Capability.SPAN_COLUMNS));
        }

        @Test
        void spansOfAnAnswer_areCountedWhileTheyAreRead() throws Exception {
            List<Span> spans = LongStream.rangeClosed(1, 5)
                    .mapToObj(number -> Span.newBuilder()
                            .traceId(Long.toHexString(number))
                            .id(number)
                            .localEndpoint(Endpoint.newBuilder()
                                    .serviceName("frontend")
                                    .build())
                            .timestamp((NOW_MILLIS + number) * 1000)
                            .build())
                    .toList();
            storage.spanConsumer().accept(spans).execute();
            QueryRequest all = QueryRequest.newBuilder()
                    .endTs(NOW_MILLIS + 1000)
                    .lookback(2000)
                    .limit(100)
                    .build();
            List<Span> trace = new ArrayList<>();
            List<Long> bytes = new ArrayList<>();
            ReadRoom.within(any -> {}, () -> {
                trace.addAll(storage.traces().getTrace("1").execute());
                bytes.add(ReadRoom.bytes());
                storage.spanStore().getTraces(all).execute();
                bytes.add(ReadRoom.bytes());
                return trace;
            });

            assertThat(trace).hasSize(1);
            long size = SpanSize.of(trace);
            assertThat(bytes).containsExactly(size, 6 * size);
        }
    }

    /** Turns what the kit asks for into the settings that a storage of ours is opened with. */
    private static final class SettingsBuilder extends StorageComponent.Builder {
        private final Function<StorageSettings, StorageComponent> open;
        private boolean strictTraceId = true;
        private boolean searchEnabled = true;
        private List<String> autocompleteKeys = List.of();

        SettingsBuilder(Function<StorageSettings, StorageComponent> open) {
            this.open = open;
        }

        @Override
        public StorageComponent.Builder strictTraceId(boolean value) {
            strictTraceId = value;
            return this;
        }

        @Override
        public StorageComponent.Builder searchEnabled(boolean value) {
            searchEnabled = value;
            return this;
        }

        @Override
        public StorageComponent.Builder autocompleteKeys(List<String> keys) {
            autocompleteKeys = keys;
            return this;
        }

        @Override
        public StorageComponent build() {
            return open.apply(new StorageSettings(
                    "test", List.of(), strictTraceId, searchEnabled, autocompleteKeys, Duration.ofHours(1)));
        }
    }
}
