package zipkin.ee.storage.cassandra;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
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

    private final CassandraSettings cassandra;
    private final StorageSettings storage;
    private final LinkSettings links;
    private final QuerySettings query;
    private final BackgroundTasks tasks;

    @Inject
    CassandraStorageFactory(
            CassandraSettings cassandra,
            StorageSettings storage,
            LinkSettings links,
            QuerySettings query,
            BackgroundTasks tasks) {
        this.cassandra = cassandra;
        this.storage = storage;
        this.links = links;
        this.query = query;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        CassandraStorage opened = new CassandraStorage(
                new SessionFactory(cassandra), storage, cassandra, links, query.timeout(), Clock.systemUTC());
        StorageFactory.openOrWait(opened::open, opened::close);
        Consistency consistency = new Consistency(cassandra);
        tasks.repeat("consistency", CONSISTENCY_PAUSE, CONSISTENCY_PAUSE, () -> {
            OpenSession session = opened.connection().get();
            return new Report(consistency.text(session.driver().getMetadata().getKeyspace(session.keyspace())));
        });
        tasks.aggregateLinks(
                links, opened.aggregator(), () -> new Report("links are counted up to " + opened.linksCountedUpTo()));
        return opened;
    }

    @Override
    public String summary() {
        return cassandra.place() + ", kept as long as its tables say";
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking()
                .withWriters(cassandra.writing().writers())
                .withBatchSpans(cassandra.writing().batchSpans());
    }
}
