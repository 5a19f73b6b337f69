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
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

/** Opens the storage on a cluster, which need not be there yet. */
@SingleInstance
@StorageType({"elasticsearch", "opensearch"})
class ElasticsearchStorageFactory implements StorageFactory {
    private final ZipkinSettings settings;
    private final ContainerPools pools;
    private final ElasticsearchBackground background;

    @Inject
    ElasticsearchStorageFactory(ZipkinSettings settings, ContainerPools pools, ElasticsearchBackground background) {
        this.settings = settings;
        this.pools = pools;
        this.background = background;
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
        background.start(storage, settings);
        return storage;
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
