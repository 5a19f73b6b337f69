package zipkin.ee.storage.elasticsearch;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.BackgroundTask.Report;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Amazon;
import zipkin2.storage.StorageComponent;

/** Opens the storage on a cluster, which need not be there yet. */
@SingleInstance
@StorageType({"elasticsearch", "opensearch"})
class ElasticsearchStorageFactory implements StorageFactory {
    private static final Duration RETENTION_PAUSE = Duration.ofMinutes(1);

    private final ElasticsearchSettings elasticsearch;
    private final StorageSettings storage;
    private final RetentionSettings retention;
    private final LinkSettings links;
    private final QuerySettings query;
    private final ContainerPools pools;
    private final BackgroundTasks tasks;

    @Inject
    ElasticsearchStorageFactory(
            ElasticsearchSettings elasticsearch,
            StorageSettings storage,
            RetentionSettings retention,
            LinkSettings links,
            QuerySettings query,
            ContainerPools pools,
            BackgroundTasks tasks) {
        this.elasticsearch = elasticsearch;
        this.storage = storage;
        this.retention = retention;
        this.links = links;
        this.query = query;
        this.pools = pools;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        Cluster cluster = cluster();
        ElasticsearchStorage opened = new ElasticsearchStorage(
                cluster, storage, elasticsearch, links, query.lookbackMillis(), Clock.systemUTC());
        StorageFactory.openOrWait(opened::open, cluster::close);
        startTasks(opened);
        return opened;
    }

    private void startTasks(ElasticsearchStorage opened) {
        tasks.aggregateLinks(links, opened.aggregator(), () -> {
            long pending = opened.pendingSpans();
            return new Report(pending + " stored spans wait to be counted").with("pending_spans", pending);
        });
        Duration age = elasticsearch.retention();
        if (!age.isZero() && elasticsearch.lifecycle()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                opened.lifecycle().manageAll();
                long managed = opened.lifecycle().managed();
                return new Report(managed + " indices put under the cluster's policy here")
                        .with("managed_indices", managed);
            });
        } else if (!age.isZero()) {
            tasks.repeat("retention", RETENTION_PAUSE, age.dividedBy(4), () -> {
                opened.retention().deleteAll();
                long deleted = opened.retention().deleted();
                return new Report(deleted + " indices deleted here").with("deleted_indices", deleted);
            });
        }
    }

    private Cluster cluster() {
        int connections = elasticsearch.writing().writers() + query.concurrency() + 2;
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
        String until = elasticsearch.retention().isZero()
                ? "kept until others delete them"
                : retention.text() + (elasticsearch.lifecycle() ? " by the cluster's own policy" : "");
        return elasticsearch.place() + ", " + until;
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking()
                .withWriters(elasticsearch.writing().writers())
                .withBatchSpans(elasticsearch.writing().batchSpans());
    }
}
