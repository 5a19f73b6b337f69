package zipkin.ee.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.fault.RecordedLog;
import zipkin2.Call;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

class WatchedStorageTest {
    private static final List<Span> SPANS =
            List.of(Span.newBuilder().traceId("1").id("1").build());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger changes = new AtomicInteger();
    private final RecordedLog lines = new RecordedLog();
    private @Nullable RuntimeException writeError;
    private @Nullable RuntimeException checkError;
    private @Nullable RuntimeException probeError;
    private int probes;

    @Test
    void check_afterAFailedWrite_isDownUntilAWriteSucceeds() throws IOException {
        StorageComponent storage = watched(new Store());
        assertThat(storage.check().ok()).isTrue();

        fail(storage, new IllegalStateException("blocked"));
        CheckResult down = storage.check();
        assertThat(down.ok()).isFalse();
        assertThat(down.error()).hasMessage("blocked");

        write(storage);
        assertThat(storage.check().ok()).isTrue();
        assertThat(changes).hasValue(2);
        assertThat(lines.lines())
                .containsExactly("WARNING It is down: blocked", "INFO It is up after 0 s and 2 failures");
    }

    @Test
    void check_afterAMessageThatCanNeverBeStored_isUp() {
        StorageComponent storage = watched(new Store());
        fail(storage, new IllegalArgumentException("a name is too long"));

        assertThat(storage.check().ok()).isTrue();
        assertThat(lines.lines()).isEmpty();
    }

    @Test
    void check_whenNobodyWrites_asksTheProbe() {
        StorageComponent storage = watched(new ProbedStore());
        fail(storage, new IllegalStateException("read-only"));
        probeError = new IllegalStateException("still read-only");

        pass(4);
        assertThat(storage.check().error()).hasMessage("read-only");
        assertThat(probes).isZero();

        pass(1);
        assertThat(storage.check().error()).hasMessage("still read-only");
        probeError = null;
        assertThat(storage.check().ok()).isTrue();
        assertThat(storage.check().ok()).isTrue();
        assertThat(probes).isEqualTo(2);
    }

    @Test
    void check_whenNobodyWritesToAStorageWithoutProbe_isUpAfterHalfAMinute() {
        StorageComponent storage = watched(new Store());
        fail(storage, new IllegalStateException("blocked"));

        pass(29);
        assertThat(storage.check().ok()).isFalse();
        pass(1);
        assertThat(storage.check().ok()).isTrue();
    }

    @Test
    void outage_inWritesQueriesAndChecks_isOneLine() {
        StorageComponent storage = watched(new Store());
        fail(storage, new StorageUnavailableException("gone", null));
        checkError = new StorageUnavailableException("gone", null);
        for (int i = 0; i < 20; i++) {
            fail(storage, new StorageUnavailableException("gone", null));
            assertThat(storage.check().ok()).isFalse();
            assertThatThrownBy(() ->
                            storage.serviceAndSpanNames().getServiceNames().execute())
                    .hasMessage("gone");
            pass(1);
        }
        assertThat(lines.lines()).containsExactly("WARNING It is down: gone");
    }

    @Test
    void query_thatTookTooLong_isNoOutage() {
        StorageComponent storage = watched(new Store());
        checkError = new QueryTimeoutException();

        assertThatThrownBy(() -> storage.serviceAndSpanNames().getServiceNames().execute())
                .isInstanceOf(QueryTimeoutException.class);
        assertThat(lines.lines()).isEmpty();
    }

    private StorageComponent watched(StorageComponent store) {
        return new WatchedStorage(
                store,
                changes::incrementAndGet,
                nanos::get,
                new OutageLog(lines, "It is down", "It is up", nanos::get));
    }

    private void fail(StorageComponent storage, RuntimeException error) {
        writeError = error;
        assertThatThrownBy(() -> storage.spanConsumer().accept(SPANS).execute()).isSameAs(error);
        writeError = null;
    }

    private static void write(StorageComponent storage) throws IOException {
        storage.spanConsumer().accept(SPANS).execute();
    }

    private void pass(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private class Store extends ForwardingStorageComponent {
        private final StorageComponent memory = InMemoryStorage.newBuilder().build();

        @Override
        protected StorageComponent delegate() {
            return memory;
        }

        @Override
        public SpanConsumer spanConsumer() {
            return spans -> new BlockingCall<>(() -> {
                if (writeError != null) {
                    throw writeError;
                }
                return null;
            });
        }

        @Override
        public ServiceAndSpanNames serviceAndSpanNames() {
            return new Names();
        }

        @Override
        public CheckResult check() {
            return checkError == null ? CheckResult.OK : CheckResult.failed(checkError);
        }
    }

    private final class ProbedStore extends Store implements WriteProbe {
        @Override
        public void probeWrite() {
            probes++;
            if (probeError != null) {
                throw probeError;
            }
        }
    }

    private final class Names implements ServiceAndSpanNames {
        @Override
        public Call<List<String>> getServiceNames() {
            return new BlockingCall<>(() -> {
                if (checkError != null) {
                    throw checkError;
                }
                return List.of();
            });
        }

        @Override
        public Call<List<String>> getRemoteServiceNames(String serviceName) {
            return getServiceNames();
        }

        @Override
        public Call<List<String>> getSpanNames(String serviceName) {
            return getServiceNames();
        }
    }
}
