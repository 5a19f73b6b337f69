package zipkin.ee.storage.memory;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.MemorySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/** {@link MemoryStorage}: whole traces, the oldest evicted beyond {@code MEM_MAX_SPANS} or {@code MEM_MAX_BYTES}. */
@SingleInstance
@StorageType("mem")
class MemoryStorageFactory implements StorageFactory {
    private static final int MIB = 1 << 20;

    private final StorageSettings storage;
    private final MemorySettings memory;

    @Inject
    MemoryStorageFactory(StorageSettings storage, MemorySettings memory) {
        this.storage = storage;
        this.memory = memory;
    }

    @Override
    public StorageComponent create() {
        return new MemoryStorage(storage, memory);
    }

    @Override
    public String summary() {
        return "at most " + memory.maxSpans() + " spans in " + memory.maxBytes() / MIB + " MiB, gone at a restart";
    }

    @Override
    public boolean blocks() {
        return false;
    }
}
