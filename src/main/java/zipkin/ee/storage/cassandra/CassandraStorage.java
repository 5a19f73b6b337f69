package zipkin.ee.storage.cassandra;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.BlockingStorage;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.WriteProbe;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * zipkin2's storage in a keyspace of Cassandra. Calls block while the cluster works. Thread safe.
 */
final class CassandraStorage extends BlockingStorage implements WriteProbe {
    private static final int MAX_TAG_VALUES = 10_000;

    private final Connection connection;
    private final TraceIds ids;
    private final SpanWriter writer;
    private final TraceReader reader;
    private final TraceFinder finder;
    private final LinkTable links;
    private final DependencyAggregator aggregator;

    CassandraStorage(
            SessionFactory factory,
            StorageSettings settings,
            CassandraSettings cassandra,
            LinkSettings linkSettings,
            Duration queryTimeout,
            Clock clock) {
        super(settings);
        this.connection = new Connection(
                factory,
                cassandra,
                session -> new Schema(session, cassandra, settings.searchEnabled(), linkSettings.enabled()),
                System::nanoTime);
        this.ids = new TraceIds(settings.strictTraceId());
        InFlight inFlight = new InFlight(cassandra.writing().inFlight());
        SpanRows rows = new SpanRows(ids, settings.searchEnabled());
        this.writer = new SpanWriter(rows, inFlight, settings, linkSettings.enabled());
        this.reader = new TraceReader(inFlight, cassandra.maxQuerySpans());
        this.finder = new TraceFinder(reader, inFlight, ids, cassandra.indexFetchMultiplier(), queryTimeout, clock);
        this.links = new LinkTable(connection, reader, inFlight, clock, new Lease(clock), linkSettings.rest());
        this.aggregator = new DependencyAggregator(links);
    }

    /** Connects and makes the keyspace ready; done before the first use at the latest. */
    void open() {
        connection.get();
    }

    DependencyAggregator aggregator() {
        return aggregator;
    }

    /** See {@link LinkTable#countedUpTo}. */
    Instant linksCountedUpTo() {
        return links.countedUpTo();
    }

    Connection connection() {
        return connection;
    }

    @Override
    protected void store(List<Span> spans) {
        writer.write(connection.get(), spans);
    }

    @Override
    protected List<List<Span>> readTraces(Set<String> traceIds) {
        return ids.select(reader.read(connection.get(), ids.keys(traceIds)).values(), traceIds);
    }

    @Override
    protected List<List<Span>> findTraces(QueryRequest request) {
        return finder.find(connection.get(), request, this::findServiceNames);
    }

    @Override
    protected List<DependencyLink> findLinks(long endMillis, long lookbackMillis) {
        return links.find(endMillis, lookbackMillis);
    }

    @Override
    protected List<String> findServiceNames() {
        return texts("SELECT DISTINCT service FROM ks.span_by_service");
    }

    @Override
    protected List<String> findRemoteServiceNames(String serviceName) {
        return texts("SELECT remote_service FROM ks.remote_service_by_service WHERE service = ?", serviceName);
    }

    @Override
    protected List<String> findSpanNames(String serviceName) {
        return texts("SELECT span FROM ks.span_by_service WHERE service = ?", serviceName);
    }

    @Override
    protected List<String> findTagValues(String key) {
        return texts("SELECT value FROM ks.autocomplete_tags WHERE key = ? LIMIT " + MAX_TAG_VALUES, key);
    }

    private List<String> texts(String cql, Object... values) {
        OpenSession session = connection.get();
        Set<String> texts = new TreeSet<>();
        session.each(session.prepare(cql).bind(values), row -> {
            String text = row.getString(0);
            if (text != null && !text.isEmpty()) {
                texts.add(text);
            }
        });
        return List.copyOf(texts);
    }

    @Override
    protected void requireUsable() {
        OpenSession session = connection.get();
        session.each(
                session.prepare("SELECT trace_id FROM ks.span WHERE trace_id = ? LIMIT 1")
                        .bind("0"),
                row -> {});
    }

    /** Deletes a trace that no span can have. */
    @Override
    public void probeWrite() {
        OpenSession session = connection.get();
        session.each(session.prepare("DELETE FROM ks.span WHERE trace_id = ?").bind("0"), row -> {});
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "CassandraStorage{" + connection.place() + "}";
    }
}
