package zipkin.ee.storage.memory;

import zipkin.ee.config.MemorySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageContract;
import zipkin2.storage.StorageComponent;

/** {@code STORAGE_TYPE=mem} under the contract. */
class MemoryStorageTest extends StorageContract {
    @Override
    protected StorageComponent open(StorageSettings settings) {
        return new MemoryStorageFactory(settings, new MemorySettings(500_000)).create();
    }
}
