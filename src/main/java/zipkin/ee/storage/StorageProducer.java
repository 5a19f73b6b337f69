package zipkin.ee.storage;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.StorageCapabilities.Capability;
import zipkin.ee.text.SecretMask;
import zipkin2.storage.StorageComponent;

/** Makes the one storage of the application from the factory that {@code STORAGE_TYPE} names. */
@SingleInstance
class StorageProducer {
    private static final Duration CHECK_PAUSE = Duration.ofSeconds(10);

    private final Instance<StorageFactory> factories;
    private final StorageSettings settings;
    private final CollectorSettings collector;
    private final BudgetSettings bounds;
    private final Budgets budgets;
    private final ThrottleSettings throttle;
    private final ContainerPools pools;
    private final WriteMetrics load;
    private final StorageState state;
    private final BackgroundTasks tasks;

    @Inject
    StorageProducer(
            @Any Instance<StorageFactory> factories,
            StorageSettings settings,
            CollectorSettings collector,
            BudgetSettings bounds,
            Budgets budgets,
            ThrottleSettings throttle,
            ContainerPools pools,
            WriteMetrics load,
            StorageState state,
            BackgroundTasks tasks) {
        this.factories = factories;
        this.settings = settings;
        this.collector = collector;
        this.bounds = bounds;
        this.budgets = budgets;
        this.throttle = throttle;
        this.pools = pools;
        this.load = load;
        this.state = state;
        this.tasks = tasks;
    }

    /**
     * The storage, opened, and the others that get what it has stored; no other factory was
     * instantiated.
     */
    @Produces
    @Singleton
    StorageComponent storage() {
        StorageComponent first = open(settings.type(), true);
        if (settings.alsoTo().isEmpty()) {
            return first;
        }
        List<TeeStorage.Branch> others = settings.alsoTo().stream()
                .map(type -> new TeeStorage.Branch(type, open(type, false)))
                .toList();
        others.forEach(other -> tasks.repeat(other.type(), CHECK_PAUSE, CHECK_PAUSE, other::report));
        return TeeStorage.of(first, others);
    }

    private StorageComponent open(String type, boolean watched) {
        StorageFactory factory = select(type);
        StorageCapabilities capabilities = factory.capabilities();
        if (!capabilities.has(Capability.BLOCKING_WRITES)) {
            return factory.create();
        }
        StorageComponent storage = watched(type, factory.create(), watched);
        AdaptiveConcurrencyLimit limit = throttle.enabled()
                ? AdaptiveConcurrencyLimit.between(throttle.minConcurrency(), throttle.maxConcurrency())
                : AdaptiveConcurrencyLimit.fixed(
                        capabilities.writers() == 0 ? collector.concurrency() : capabilities.writers());
        int queueSize = throttle.enabled() ? throttle.maxQueueSize() : collector.queueSize();
        // A writer that ends may be followed by the next one before its thread is free: hence a
        // place in the queue for each.
        BatchingStorage combined = new BatchingStorage(
                storage,
                pools.pool(limit.max(), limit.max()),
                limit,
                capabilities.batchSpans(),
                queueSize,
                queue(watched ? "storage_queue" : "storage_queue_" + type.replace('-', '_')));
        if (watched) {
            load.watch(combined);
        }
        return combined;
    }

    private StorageComponent watched(String type, StorageComponent storage, boolean first) {
        return new WatchedStorage(type, storage, first ? state::changed : () -> {}, System::nanoTime);
    }

    private StorageQueue queue(String name) {
        return new StorageQueue(
                budgets.create(name + "_spans", bounds.queueSpans()),
                budgets.create(name + "_bytes", bounds.queueBytes()));
    }

    @Produces
    @Singleton
    SelectedStorage selected() {
        StringBuilder summary = new StringBuilder(select(settings.type()).summary());
        for (String type : settings.alsoTo()) {
            summary.append("; also ")
                    .append(type)
                    .append(": ")
                    .append(select(type).summary());
        }
        return new SelectedStorage(settings.type(), summary.toString());
    }

    void close(@Disposes StorageComponent storage) {
        try {
            storage.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the storage " + storage, e);
        }
    }

    private StorageFactory select(String type) {
        SortedMap<String, Instance.Handle<StorageFactory>> known = new TreeMap<>();
        for (Instance.Handle<StorageFactory> handle : factories.handles()) {
            names(handle.getBean().getQualifiers()).forEach(name -> known.put(name, handle));
        }
        Instance.Handle<StorageFactory> selected = known.get(type);
        if (selected == null) {
            throw new InvalidSettingsException(List.of("STORAGE_TYPE=" + SecretMask.value("STORAGE_TYPE", type)
                    + ": must be one of " + String.join(", ", known.keySet())));
        }
        return selected.get();
    }

    private static List<String> names(Set<Annotation> qualifiers) {
        return qualifiers.stream()
                .filter(StorageType.class::isInstance)
                .flatMap(qualifier -> List.of(((StorageType) qualifier).value()).stream())
                .toList();
    }
}
