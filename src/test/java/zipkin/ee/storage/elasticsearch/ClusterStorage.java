package zipkin.ee.storage.elasticsearch;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Access;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.HttpLogging;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.IndexNaming;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Templates;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings.Writing;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/** The storage on a cluster, outside an application server. */
final class ClusterStorage {
    static final StorageSettings STORAGE =
            new StorageSettings("elasticsearch", List.of(), true, true, List.of(), Duration.ofHours(1));
    static final LinkSettings LINKS = new LinkSettings(true, Duration.ZERO);
    private static final long LOOKBACK_MILLIS = Duration.ofDays(1000).toMillis();

    private ClusterStorage() {}

    static ElasticsearchSettings settings(String... hosts) {
        return settings("zipkin", Duration.ZERO, hosts);
    }

    /**
     * @param prefix of the indices, by which tests on one node keep apart
     */
    static ElasticsearchSettings settings(String prefix, Duration retention, String... hosts) {
        return new ElasticsearchSettings(
                List.of(hosts).stream().map(URI::create).toList(),
                new Access(null, null, null, Duration.ofSeconds(5), true),
                null,
                Duration.ofSeconds(30),
                HttpLogging.NONE,
                new IndexNaming(prefix, "-"),
                new Templates(true, 1, 0, null),
                new Writing(null, 2, 2000, 5 * 1024 * 1024),
                64 * 1024 * 1024,
                200_000,
                retention,
                false);
    }

    /**
     * @param timeout of one request
     */
    static ElasticsearchSettings settings(Duration timeout, String... hosts) {
        return with(settings(hosts), timeout, null, 2000);
    }

    /**
     * @param priority of composable templates; null for templates of the older kind
     * @param batchSpans most spans of a bulk request
     */
    static ElasticsearchSettings with(
            ElasticsearchSettings base, Duration timeout, @Nullable Integer priority, int batchSpans) {
        return new ElasticsearchSettings(
                base.hosts(),
                base.access(),
                base.amazon(),
                timeout,
                base.httpLogging(),
                base.index(),
                new Templates(true, 1, 0, priority),
                new Writing(null, 2, batchSpans, 5 * 1024 * 1024),
                base.maxAnswerBytes(),
                base.maxQuerySpans(),
                base.retention(),
                base.lifecycle());
    }

    static Cluster cluster(ElasticsearchSettings settings) {
        return new Cluster(
                ClusterClient.open(settings, 4, Executors.defaultThreadFactory(), null),
                settings.timeout(),
                settings.maxAnswerBytes(),
                Cluster.Access.of(new Credentials(settings.access(), System::nanoTime)),
                new ExchangeLog(settings.httpLogging()),
                settings.place());
    }

    static ElasticsearchStorage open(ElasticsearchSettings settings, StorageSettings storage) {
        return open(settings, storage, Clock.systemUTC());
    }

    static ElasticsearchStorage open(ElasticsearchSettings settings, StorageSettings storage, Clock clock) {
        return new ElasticsearchStorage(cluster(settings), storage, settings, LINKS, LOOKBACK_MILLIS, clock);
    }

    /** A storage whose writes can be searched at once. */
    static final class Refreshed extends ForwardingStorageComponent {
        private final ElasticsearchStorage storage;
        private final Runnable refresh;

        Refreshed(ElasticsearchStorage storage, Runnable refresh) {
            this.storage = storage;
            this.refresh = refresh;
        }

        @Override
        protected ElasticsearchStorage delegate() {
            return storage;
        }

        @Override
        public SpanConsumer spanConsumer() {
            SpanConsumer consumer = storage.spanConsumer();
            return spans -> consumer.accept(spans).map(this::refreshed);
        }

        @SuppressWarnings("NullAway") // Void has no other value than null
        private Void refreshed(@Nullable Void stored) {
            refresh.run();
            return null;
        }

        @Override
        public void close() throws IOException {
            storage.close();
        }
    }

    static ElasticsearchStorage of(StorageComponent refreshed) {
        return ((Refreshed) refreshed).delegate();
    }
}
