package zipkin.ee.storage.elasticsearch;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.ElasticsearchSettings;
import zipkin.ee.config.ElasticsearchSettings.Amazon;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/** Opens the storage on a cluster, which need not be there yet. */
@SingleInstance
@StorageType({"elasticsearch", "opensearch"})
class ElasticsearchStorageFactory implements StorageFactory {
    private static final Duration RETENTION_PAUSE = Duration.ofMinutes(1);

    private final ZipkinSettings settings;
    private final ContainerPools pools;
    private final BackgroundTasks tasks;

    @Inject
    ElasticsearchStorageFactory(ZipkinSettings settings, ContainerPools pools, BackgroundTasks tasks) {
        this.settings = settings;
        this.pools = pools;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        ElasticsearchSettings elasticsearch = settings.elasticsearch();
        Cluster cluster = cluster(elasticsearch);
        ElasticsearchStorage storage = new ElasticsearchStorage(
                cluster,
                settings.storage(),
                elasticsearch,
                settings.links(),
                settings.query().lookbackMillis(),
                Clock.systemUTC());
        StorageFactory.openOrWait(storage::open, cluster::close);
        startTasks(storage);
        return storage;
    }

    private void startTasks(ElasticsearchStorage storage) {
        tasks.aggregateLinks(settings.links(), storage.aggregator(), () -> {
            long pending = storage.pendingSpans();
            return new Report(pending + " stored spans wait to be counted").with("pending_spans", pending);
        });
        Duration age = settings.elasticsearch().retention();
        if (!age.isZero() && settings.elasticsearch().lifecycle()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                storage.lifecycle().manageAll();
                long managed = storage.lifecycle().managed();
                return new Report(managed + " indices put under the cluster's policy here")
                        .with("managed_indices", managed);
            });
        } else if (!age.isZero()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                storage.retention().deleteAll();
                long deleted = storage.retention().deleted();
                return new Report(deleted + " indices deleted here").with("deleted_indices", deleted);
            });
        }
    }

    private Cluster cluster(ElasticsearchSettings elasticsearch) {
        int connections = elasticsearch.writing().writers() + settings.query().concurrency() + 2;
        Credentials credentials = new Credentials(elasticsearch.access(), System::nanoTime);
        Amazon amazon = elasticsearch.amazon();
        @Nullable RequestSigner signer = amazon == null ? null : new RequestSigner("es", amazon.region());
        return new Cluster(
                ClusterClient.open(
                        elasticsearch, connections, pools.threads(), elasticsearch.isSigned() ? signer : null),
                elasticsearch.timeout(),
                elasticsearch.maxAnswerBytes(),
                amazon == null || signer == null
                        ? Cluster.Access.of(credentials)
                        : AmazonAccess.of(amazon, signer, credentials, elasticsearch),
                new ExchangeLog(elasticsearch.httpLogging()),
                elasticsearch.place());
    }

    @Override
    public String summary() {
        Duration retention = settings.elasticsearch().retention();
        String until = retention.isZero()
                ? "kept until others delete them"
                : settings.retention().text()
                        + (settings.elasticsearch().lifecycle() ? " by the cluster's own policy" : "");
        return settings.elasticsearch().place() + ", " + until;
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking()
                .withWriters(settings.elasticsearch().writing().writers())
                .withBatchSpans(settings.elasticsearch().writing().batchSpans());
    }
}
