package zipkin.ee.storage.jpa;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.link.DependencyAggregator;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.storage.BlockingStorage;
import zipkin.ee.storage.TraceIds;
import zipkin.ee.storage.WriteProbe;
import zipkin.ee.storage.jpa.Names.Kind;
import zipkin.ee.storage.jpa.index.Batches;
import zipkin.ee.storage.jpa.model.LeaseRow;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/** zipkin2's storage on a SQL database. Calls block while the database works. Thread safe. */
final class JpaStorage extends BlockingStorage implements WriteProbe {
    private final Transactions transactions;
    private final StorageSettings settings;
    private final TraceIds traceIds;
    private final Duration queryTimeout;
    private final SpanWriter writer;
    private final Names names;
    private final TraceReader reader;
    private final LinkTable links;
    private final DependencyAggregator aggregator;
    private final Retention retention;

    JpaStorage(
            Transactions transactions,
            StorageSettings settings,
            SqlSettings sql,
            RetentionSettings retention,
            LinkSettings links,
            Duration queryTimeout,
            Clock clock) {
        super(settings);
        this.transactions = transactions;
        this.settings = settings;
        this.traceIds = new TraceIds(settings.strictTraceId());
        this.queryTimeout = queryTimeout;
        Dictionaries dictionaries = new Dictionaries(transactions, clock);
        Leases leases = new Leases(transactions, clock);
        this.writer = new SpanWriter(transactions, dictionaries, clock, settings.searchEnabled(), links.enabled());
        this.names = new Names(transactions, clock, new LinkedHashSet<>(settings.autocompleteKeys()));
        this.reader = new TraceReader(dictionaries, sql.maxQuerySpans());
        this.links = new LinkTable(transactions, reader, leases, clock, links.rest());
        this.aggregator = new DependencyAggregator(this.links);
        this.retention = new Retention(transactions, leases, clock, retention);
    }

    DependencyAggregator aggregator() {
        return aggregator;
    }

    /** Batches whose links are not counted. */
    long pendingBatches() {
        return links.pendingBatches();
    }

    Retention retention() {
        return retention;
    }

    @Override
    protected void store(List<Span> spans) {
        if (settings.searchEnabled()) {
            names.add(spans);
        }
        writer.write(spans);
        transactions.writable();
    }

    @Override
    protected List<List<Span>> readTraces(Set<String> ids) {
        Set<Long> lowIds = new LinkedHashSet<>();
        ids.forEach(id -> lowIds.add(Batches.traceLow(id)));
        Map<Long, List<Span>> found = transactions.call(manager -> reader.read(manager, lowIds));
        return traceIds.select(found.values(), ids);
    }

    @Override
    protected List<List<Span>> findTraces(QueryRequest request) {
        long deadlineNanos = System.nanoTime() + queryTimeout.toNanos();
        return transactions.call(manager -> new TraceSearch(manager, reader, request, traceIds, deadlineNanos).run());
    }

    @Override
    protected List<DependencyLink> findLinks(long endMillis, long lookbackMillis) {
        return links.find(endMillis, lookbackMillis);
    }

    @Override
    protected List<String> findServiceNames() {
        return names.find(Kind.SERVICE, "");
    }

    @Override
    protected List<String> findRemoteServiceNames(String serviceName) {
        return names.find(Kind.REMOTE_SERVICE, serviceName);
    }

    @Override
    protected List<String> findSpanNames(String serviceName) {
        return names.find(Kind.SPAN, serviceName);
    }

    @Override
    protected List<String> findTagValues(String key) {
        return names.find(Kind.TAG_VALUE, key);
    }

    @Override
    protected void requireUsable() {
        transactions.call(manager -> manager.createQuery("SELECT l.name FROM LeaseRow l", String.class)
                .getResultList());
        if (transactions.isReadOnly()) {
            probeWrite();
        }
    }

    /** Adds a lease of nobody, in a transaction that is rolled back. */
    @Override
    public void probeWrite() {
        try {
            transactions.call(manager -> {
                manager.persist(new LeaseRow(
                        "probe-" + Long.toHexString(ThreadLocalRandom.current().nextLong()), "nobody", 0));
                manager.flush();
                throw new ProbeEndException();
            });
        } catch (ProbeEndException e) {
            transactions.writable();
        }
    }

    private static final class ProbeEndException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProbeEndException() {
            super("Rolled back on purpose", null, false, false);
        }
    }

    @Override
    public String toString() {
        return "JpaStorage{" + settings.type() + "}";
    }
}
