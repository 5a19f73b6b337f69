package zipkin.ee.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.Call;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * A storage module as others may add one to the WAR. What it does with writes is in the file that
 * STALLED_STORAGE_FILE names: {@code stall} while it says so, {@code fail}, and otherwise it stores
 * in memory.
 */
@SingleInstance
@StorageType("stalled")
public class StalledStorageFactory implements StorageFactory {
    @Override
    public StorageComponent create() {
        Path orders = Path.of(System.getenv("STALLED_STORAGE_FILE"));
        StorageComponent memory = InMemoryStorage.newBuilder().build();
        return new ForwardingStorageComponent() {
            @Override
            protected StorageComponent delegate() {
                return memory;
            }

            @Override
            public SpanConsumer spanConsumer() {
                return spans -> write(orders, memory, spans);
            }
        };
    }

    private static Call<Void> write(Path orders, StorageComponent memory, List<Span> spans) {
        try {
            while (Files.readString(orders).equals("stall")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            if (Files.readString(orders).equals("fail")) {
                throw new IllegalStateException("ordered to fail");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory.spanConsumer().accept(spans);
    }
}
