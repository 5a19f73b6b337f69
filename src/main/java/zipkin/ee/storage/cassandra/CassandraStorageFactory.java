package zipkin.ee.storage.cassandra;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/** Opens the storage on a cluster, which need not be there yet. */
@SingleInstance
@StorageType({"cassandra3", "cassandra"})
class CassandraStorageFactory implements StorageFactory {
    private static final Duration CONSISTENCY_PAUSE = Duration.ofSeconds(30);

    private final ZipkinSettings settings;
    private final BackgroundTasks tasks;

    @Inject
    CassandraStorageFactory(ZipkinSettings settings, BackgroundTasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        CassandraStorage storage = new CassandraStorage(
                new SessionFactory(settings.cassandra()),
                settings.storage(),
                settings.cassandra(),
                settings.links(),
                settings.query().timeout(),
                Clock.systemUTC());
        StorageFactory.openOrWait(storage::open, storage::close);
        Consistency consistency = new Consistency(settings.cassandra());
        tasks.repeat("consistency", CONSISTENCY_PAUSE, CONSISTENCY_PAUSE, () -> {
            OpenSession session = storage.connection().get();
            return new Report(consistency.text(session.driver().getMetadata().getKeyspace(session.keyspace())));
        });
        tasks.aggregateLinks(
                settings.links(),
                storage.aggregator(),
                () -> new Report("links are counted up to " + storage.linksCountedUpTo()));
        return storage;
    }

    @Override
    public String summary() {
        return settings.cassandra().place() + ", kept as long as its tables say";
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking()
                .withWriters(settings.cassandra().writing().writers())
                .withBatchSpans(settings.cassandra().writing().batchSpans());
    }
}
