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
import zipkin2.storage.StorageComponent;

/** Makes the one storage of the application from the factory that {@code STORAGE_TYPE} names. */
@SingleInstance
class StorageProducer {
    private final Instance<StorageFactory> factories;
    private final StorageSettings settings;
    private final CollectorSettings collector;
    private final ContainerPools pools;

    @Inject
    StorageProducer(
            @Any Instance<StorageFactory> factories,
            StorageSettings settings,
            CollectorSettings collector,
            ContainerPools pools) {
        this.factories = factories;
        this.settings = settings;
        this.collector = collector;
        this.pools = pools;
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
        int writers = factory.writers(collector);
        if (factory.combinedSpans() == 0) {
            return new BoundedStorage(storage, pools.pool(writers, collector.queueSize()));
        }
        // A writer that ends may be followed by the next one before its thread is free: hence a place in the queue for
        // each.
        return new CombinedStorage(
                storage, pools.pool(writers, writers), writers, factory.combinedSpans(), collector.queueSize());
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
