package zipkin.ee.storage.elasticsearch;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.json.Json;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.BlockingStorage;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * zipkin2's storage on an Elasticsearch or OpenSearch cluster. Calls block while the cluster works.
 * Thread safe.
 */
final class ElasticsearchStorage extends BlockingStorage {
    private final ReadyCluster cluster;
    private final IndexNames names;
    private final BulkWriter bulk;
    private final SpanWriter writer;
    private final MappingCheck mappings;
    private final Search search;
    private final ValueSearch values;
    private final LinkIndex links;
    private final DependencyAggregator aggregator;
    private final IndexRetention retention;
    private final IndexLifecycle lifecycle;

    /**
     * @param namesLookbackMillis how old a span may be that names are taken from
     */
    ElasticsearchStorage(
            Cluster reached,
            StorageSettings settings,
            ElasticsearchSettings elasticsearch,
            LinkSettings linkSettings,
            long namesLookbackMillis,
            Clock clock) {
        super(settings);
        this.names = new IndexNames(elasticsearch.index(), clock);
        Templates templates = new Templates(names, elasticsearch.templates(), settings);
        this.mappings = new MappingCheck(reached, names, new MappingRules(settings));
        this.cluster = new ReadyCluster(reached, answering -> {
            ClusterRefusedException refused = elasticsearch.templates().ensure() ? templates.ensure(answering) : null;
            if (!mappings().checkToday() && refused != null) {
                throw refused;
            }
            if (linkSettings.enabled()) {
                links().begin(answering);
            }
        });
        EngineLimits limits = new EngineLimits();
        this.links = new LinkIndex(
                cluster,
                names,
                elasticsearch.index().prefix(),
                elasticsearch.templates().replicas(),
                clock,
                new Lease(clock),
                linkSettings.rest(),
                limits);
        this.aggregator = new DependencyAggregator(links);
        this.retention = new IndexRetention(cluster, names, elasticsearch.retention());
        this.lifecycle =
                new IndexLifecycle(cluster, names, elasticsearch.index().prefix(), elasticsearch.retention());
        ElasticsearchSettings.Writing writing = elasticsearch.writing();
        this.bulk = new BulkWriter(reached, writing.pipeline(), mappings, writing.bulkBytes(), BulkWriter.Pause.SLEEP);
        this.writer = new SpanWriter(names, bulk, mappings, settings, writing.batchSpans());
        int most = elasticsearch.maxQuerySpans();
        this.search = new Search(reached, names, new TraceIds(settings.strictTraceId()), most, limits);
        this.values = new ValueSearch(reached, names, namesLookbackMillis, most, limits);
    }

    /**
     * Makes the cluster ready, see {@link ReadyCluster#ready}; done before the first use at the
     * latest.
     */
    void open() {
        cluster.ready();
    }

    private LinkIndex links() {
        return links;
    }

    DependencyAggregator aggregator() {
        return aggregator;
    }

    /** See {@link LinkIndex#pending}. */
    long pendingSpans() {
        return links.pending();
    }

    IndexRetention retention() {
        return retention;
    }

    IndexLifecycle lifecycle() {
        return lifecycle;
    }

    private MappingCheck mappings() {
        return mappings;
    }

    BulkWriter bulk() {
        return bulk;
    }

    @Override
    protected void store(List<Span> spans) {
        cluster.ready();
        writer.write(spans);
    }

    @Override
    protected List<List<Span>> readTraces(Set<String> traceIds) {
        return search.traces(cluster.ready(), traceIds);
    }

    @Override
    protected List<List<Span>> findTraces(QueryRequest request) {
        return search.traces(cluster.ready(), request);
    }

    @Override
    protected List<DependencyLink> findLinks(long endMillis, long lookbackMillis) {
        return search.links(cluster.ready(), endMillis, lookbackMillis);
    }

    @Override
    protected List<String> findServiceNames() {
        return values.serviceNames(cluster.ready());
    }

    @Override
    protected List<String> findRemoteServiceNames(String serviceName) {
        return values.remoteServiceNames(cluster.ready(), serviceName);
    }

    @Override
    protected List<String> findSpanNames(String serviceName) {
        return values.spanNames(cluster.ready(), serviceName);
    }

    @Override
    protected List<String> findTagValues(String key) {
        return values.tagValues(cluster.ready(), key);
    }

    /**
     * Whether spans can be written and read: the state of the indices of spans, not that of the
     * whole cluster; their fields; and whether what could not be written lately can be now.
     */
    @Override
    protected void requireUsable() {
        String indices = names.all(Kind.SPAN, cluster.ready());
        Object health = cluster.cluster().tree(ClusterRequest.get("/_cluster/health/" + indices));
        if (Json.text(health, "status").equalsIgnoreCase("red")) {
            throw new IllegalStateException("The indices " + indices + " are red: "
                    + Json.number(health, "unassigned_shards") + " of their shards are on no node.");
        }
        mappings.checkToday();
        bulk.probe();
    }

    @Override
    public void close() throws IOException {
        cluster.cluster().close();
    }

    @Override
    public String toString() {
        return "ElasticsearchStorage{" + cluster.cluster().place() + "}";
    }
}
