package zipkin.ee.storage.memory;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.MemorySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.StorageComponent;

/** zipkin2's InMemoryStorage: whole traces, oldest evicted beyond {@code MEM_MAX_SPANS}. */
@SingleInstance
@StorageType("mem")
class MemoryStorageFactory implements StorageFactory {
    private final StorageSettings storage;
    private final MemorySettings memory;

    @Inject
    MemoryStorageFactory(StorageSettings storage, MemorySettings memory) {
        this.storage = storage;
        this.memory = memory;
    }

    @Override
    public StorageComponent create() {
        StorageComponent spans = InMemoryStorage.newBuilder()
                .strictTraceId(storage.strictTraceId())
                .searchEnabled(storage.searchEnabled())
                .autocompleteKeys(storage.autocompleteKeys())
                .maxSpanCount(memory.maxSpans())
                .build();
        return new PortionedStorage(spans, memory.maxSpans());
    }

    @Override
    public String summary() {
        return "at most " + memory.maxSpans() + " spans, gone at a restart";
    }

    @Override
    public boolean blocks() {
        return false;
    }
}
