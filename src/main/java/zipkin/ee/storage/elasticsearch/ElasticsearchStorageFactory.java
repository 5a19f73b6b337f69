package zipkin.ee.storage.elasticsearch;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.RequestSigner;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.ElasticsearchSettings;
import zipkin.ee.config.ElasticsearchSettings.Amazon;
import zipkin.ee.config.ZipkinSettings;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin.ee.text.SafeLogger;
import zipkin2.storage.StorageComponent;

/** Opens the storage on a cluster, which need not be there yet. */
@SingleInstance
@StorageType({"elasticsearch", "opensearch"})
class ElasticsearchStorageFactory implements StorageFactory {
    private static final Logger LOGGER = SafeLogger.of(ElasticsearchStorageFactory.class.getName());

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
        open(storage, cluster);
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

    private static void open(ElasticsearchStorage storage, Cluster cluster) {
        try {
            storage.open();
        } catch (UnusableClusterException e) {
            // The server's own report of a failed deployment is long; this is the line to read.
            LOGGER.log(Level.ERROR, "{0}", e.getMessage());
            cluster.close();
            throw e;
        } catch (StorageUnavailableException e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} Zipkin EE starts nevertheless, and answers 503 until the cluster can be used.",
                    e.getMessage());
        }
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
    public int writers(CollectorSettings collector) {
        return settings.elasticsearch().writing().writers();
    }

    @Override
    public int combinedSpans() {
        return settings.elasticsearch().writing().batchSpans();
    }
}
