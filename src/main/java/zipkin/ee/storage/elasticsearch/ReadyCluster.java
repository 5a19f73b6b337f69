package zipkin.ee.storage.elasticsearch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.UnusableStorageException;

/**
 * The cluster, made ready before its first use: of a version that is supported, with templates.
 * Thread safe.
 */
final class ReadyCluster {
    private final Cluster cluster;
    private final Consumer<Cluster> preparing;
    private volatile @Nullable ClusterVersion version;

    /**
     * @param preparing what to do before anything is written or read, until it has succeeded once
     */
    ReadyCluster(Cluster cluster, Consumer<Cluster> preparing) {
        this.cluster = cluster;
        this.preparing = preparing;
    }

    /**
     * The cluster's version, when the cluster is ready.
     *
     * @throws ClusterDownException when it can't be reached or is not ready itself
     * @throws UnusableStorageException when an operator has to do something
     */
    ClusterVersion ready() {
        ClusterVersion known = version;
        return known == null ? prepare() : known;
    }

    private synchronized ClusterVersion prepare() {
        ClusterVersion known = version;
        if (known == null) {
            known = ClusterVersion.of(cluster);
            preparing.accept(cluster);
            version = known;
        }
        return known;
    }

    Cluster cluster() {
        return cluster;
    }
}
