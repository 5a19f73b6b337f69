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
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.config.ThrottleSettings;
import zipkin2.storage.StorageComponent;

/** Makes the one storage of the application from the factory that {@code STORAGE_TYPE} names. */
@SingleInstance
class StorageProducer {
    private final Instance<StorageFactory> factories;
    private final StorageSettings settings;
    private final CollectorSettings collector;
    private final ThrottleSettings throttle;
    private final ContainerPools pools;
    private final WriteLoad load;

    @Inject
    StorageProducer(
            @Any Instance<StorageFactory> factories,
            StorageSettings settings,
            CollectorSettings collector,
            ThrottleSettings throttle,
            ContainerPools pools,
            WriteLoad load) {
        this.factories = factories;
        this.settings = settings;
        this.collector = collector;
        this.throttle = throttle;
        this.pools = pools;
        this.load = load;
    }

    /** The storage, opened; no other factory was instantiated. */
    @Produces
    @Singleton
    StorageComponent storage() {
        StorageFactory factory = select();
        StorageComponent storage = factory.create();
        if (!factory.blocks()) {
            return storage;
        }
        WriteLimit limit = throttle.enabled()
                ? WriteLimit.between(throttle.minConcurrency(), throttle.maxConcurrency())
                : WriteLimit.fixed(factory.writers(collector));
        int queueSize = throttle.enabled() ? throttle.maxQueueSize() : collector.queueSize();
        // A writer that ends may be followed by the next one before its thread is free: hence a place in the queue for
        // each.
        CombinedStorage combined = new CombinedStorage(
                storage, pools.pool(limit.max(), limit.max()), limit, factory.combinedSpans(), queueSize);
        load.watch(combined);
        return combined;
    }

    @Produces
    @Singleton
    SelectedStorage selected() {
        return new SelectedStorage(settings.type(), select().summary());
    }

    void close(@Disposes StorageComponent storage) {
        try {
            storage.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the storage " + storage, e);
        }
    }

    private StorageFactory select() {
        SortedMap<String, Instance.Handle<StorageFactory>> known = new TreeMap<>();
        for (Instance.Handle<StorageFactory> handle : factories.handles()) {
            names(handle.getBean().getQualifiers()).forEach(name -> known.put(name, handle));
        }
        Instance.Handle<StorageFactory> selected = known.get(settings.type());
        if (selected == null) {
            throw new InvalidSettingsException(List.of(
                    "STORAGE_TYPE=" + settings.type() + ": must be one of " + String.join(", ", known.keySet())));
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
