package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import zipkin.ee.concurrent.Lease;
import zipkin.ee.config.CassandraSettings;
import zipkin.ee.config.LinkSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.storage.BlockingStorage;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.WriteProbe;
import zipkin2.CheckResult;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.internal.DependencyLinker;
import zipkin2.storage.QueryRequest;

/**
 * zipkin2's storage in a keyspace of Cassandra. Calls block while the cluster works. Thread safe.
 */
final class CassandraStorage extends BlockingStorage implements WriteProbe {
    /**
     * With so many rows for each trace wanted, a tag is that of many traces, and some of the newest
     * probably have it.
     */
    private static final int COMMON_ROWS = 3;
    /**
     * Traces for each one wanted that are looked through before an index of tags is asked for
     * thousands of rows.
     */
    private static final int TRACES_BEFORE_TAGS = 6;

    private static final Duration USUAL_INDEX_TTL = Duration.ofDays(3);
    private static final int MAX_DAYS = 3660;
    private static final int MAX_TAG_VALUES = 10_000;

    private final Connection connection;
    private final TraceIds ids;
    private final int multiplier;
    private final Duration queryTimeout;
    private final Clock clock;
    private final InFlight inFlight;
    private final SpanWriter writer;
    private final TraceReader reader;
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
        this.multiplier = cassandra.indexFetchMultiplier();
        this.queryTimeout = queryTimeout;
        this.clock = clock;
        this.inFlight = new InFlight(cassandra.writing().inFlight());
        SpanRows rows = new SpanRows(ids, settings.searchEnabled());
        this.writer = new SpanWriter(rows, inFlight, settings, linkSettings.enabled());
        this.reader = new TraceReader(inFlight, cassandra.maxQuerySpans());
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
        OpenSession session = connection.get();
        long deadlineNanos = System.nanoTime() + queryTimeout.toNanos();
        TraceSearch search = new TraceSearch(session, reader, inFlight, request, ids, multiplier, deadlineNanos);
        Map<String, Long> candidates = TagCandidates.find(session, request, atMost(COMMON_ROWS, request));
        if (candidates != null) {
            return search.ofCandidates(candidates);
        }
        String service = request.serviceName();
        Collection<String> services = service == null ? findServiceNames() : List.of(service);
        Duration ttl = indexTtl(session);
        if (!request.annotationQuery().isEmpty()) {
            // Of a tag that many traces have, some of the newest have it; otherwise it pays to ask
            // for all of its rows.
            if (search.tryRun(services, ttl, clock.millis(), atMost(TRACES_BEFORE_TAGS, request))) {
                return search.results();
            }
            candidates = TagCandidates.find(session, request, TagCandidates.MAX_ROWS);
            if (candidates != null) {
                return search.ofCandidates(candidates);
            }
        }
        return search.run(services, ttl, clock.millis());
    }

    private static int atMost(int each, QueryRequest request) {
        return (int) Math.min((long) each * request.limit(), TagCandidates.MAX_ROWS);
    }

    private static Duration indexTtl(OpenSession session) {
        return session.driver()
                .getMetadata()
                .getKeyspace(session.keyspace())
                .flatMap(keyspace -> keyspace.getTable("trace_by_service_span"))
                .map(table -> table.getOptions().get(CqlIdentifier.fromInternal("default_time_to_live")))
                .map(seconds -> Duration.ofSeconds(((Number) seconds).longValue()))
                .filter(ttl -> !ttl.isZero())
                .orElse(USUAL_INDEX_TTL);
    }

    @Override
    protected List<DependencyLink> findLinks(long endMillis, long lookbackMillis) {
        OpenSession session = connection.get();
        LocalDate last = day(endMillis);
        LocalDate first = day(Math.max(0, endMillis - lookbackMillis));
        LocalDate oldest = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(MAX_DAYS);
        List<BoundStatement> statements = new ArrayList<>();
        for (LocalDate day = first.isBefore(oldest) ? oldest : first;
                !day.isAfter(last) && statements.size() < MAX_DAYS;
                day = day.plusDays(1)) {
            statements.add(session.prepare("SELECT parent, child, calls, errors FROM ks.dependency WHERE day = ?")
                    .bind(day));
        }
        List<DependencyLink> found = new ArrayList<>();
        statements.forEach(statement -> session.each(statement, row -> {
            if (row.getLong("calls") > 0) {
                found.add(DependencyLink.newBuilder()
                        .parent(String.valueOf(row.getString("parent")))
                        .child(String.valueOf(row.getString("child")))
                        .callCount(row.getLong("calls"))
                        .errorCount(Math.max(0, row.getLong("errors")))
                        .build());
            }
        }));
        return DependencyLinker.merge(found);
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofEpochDay(Math.min(millis / Duration.ofDays(1).toMillis(), LocalDate.MAX.toEpochDay() - 1));
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
    public CheckResult check() {
        try {
            OpenSession session = connection.get();
            session.each(
                    session.prepare("SELECT trace_id FROM ks.span WHERE trace_id = ? LIMIT 1")
                            .bind("0"),
                    row -> {});
            return CheckResult.OK;
        } catch (RuntimeException e) {
            return CheckResult.failed(e);
        }
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
