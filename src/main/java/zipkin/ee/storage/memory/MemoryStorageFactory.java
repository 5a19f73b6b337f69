package zipkin.ee.storage.memory;

import jakarta.inject.Inject;
import java.time.Duration;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.BackgroundTask;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/**
 * Creates {@link MemoryStorage}, which evicts the oldest traces beyond {@code MEM_MAX_SPANS} or
 * {@code MEM_MAX_BYTES}.
 */
@SingleInstance
@StorageType("mem")
class MemoryStorageFactory implements StorageFactory {
    private static final Duration LINK_PAUSE = Duration.ofSeconds(15);
    private static final int MIB = 1 << 20;

    private final StorageSettings storage;
    private final MemorySettings memory;
    private final BackgroundTasks tasks;
    private final Budgets budgets;

    @Inject
    MemoryStorageFactory(StorageSettings storage, MemorySettings memory, BackgroundTasks tasks, Budgets budgets) {
        this.storage = storage;
        this.memory = memory;
        this.tasks = tasks;
        this.budgets = budgets;
    }

    @Override
    public StorageComponent create() {
        MemoryStorage created = new MemoryStorage(storage, memory);
        created.showIn(budgets);
        tasks.repeatUnreported(
                "links", LINK_PAUSE, () -> new BackgroundTask.Report(created.linkTraces() + " traces linked"));
        return created;
    }

    @Override
    public String summary() {
        return "at most " + memory.maxSpans() + " spans in " + memory.maxBytes() / MIB + " MiB, gone at a restart";
    }

    @Override
    public StorageCapabilities capabilities() {
        return MemoryStorage.CAPABILITIES;
    }
}
