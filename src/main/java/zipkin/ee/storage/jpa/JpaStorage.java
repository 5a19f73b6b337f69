package zipkin.ee.storage.jpa;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import zipkin.ee.config.LinkSettings;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.SqlSettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.jpa.Names.Kind;
import zipkin.ee.storage.jpa.index.Batches;
import zipkin2.Call;
import zipkin2.CheckResult;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.AutocompleteTags;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.SpanStore;
import zipkin2.storage.StorageComponent;
import zipkin2.storage.Traces;

/** zipkin2's storage on a SQL database. Calls block while the database works. Thread safe. */
final class JpaStorage extends StorageComponent implements ServiceAndSpanNames, AutocompleteTags, Traces {
    private final Transactions transactions;
    private final StorageSettings settings;
    private final Duration queryTimeout;
    private final SpanWriter writer;
    private final Names names;
    private final TraceReader reader;
    private final LinkTable links;
    private final Retention retention;

    JpaStorage(
            Transactions transactions,
            StorageSettings settings,
            SqlSettings sql,
            RetentionSettings retention,
            LinkSettings links,
            Duration queryTimeout,
            Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.queryTimeout = queryTimeout;
        Dictionaries dictionaries = new Dictionaries(transactions, clock);
        Leases leases = new Leases(clock);
        this.writer = new SpanWriter(transactions, dictionaries, clock, settings.searchEnabled(), links.enabled());
        this.names = new Names(transactions, clock, new LinkedHashSet<>(settings.autocompleteKeys()));
        this.reader = new TraceReader(dictionaries, sql.maxQuerySpans());
        this.links = new LinkTable(transactions, reader, leases, clock, links.rest());
        this.retention = new Retention(transactions, leases, clock, retention);
    }

    LinkTable links() {
        return links;
    }

    Retention retention() {
        return retention;
    }

    @Override
    public SpanConsumer spanConsumer() {
        return spans -> spans.isEmpty() ? Call.create(null) : new DatabaseCall<>(() -> store(spans));
    }

    @SuppressWarnings("NullAway") // Void has no other value than null
    private Void store(List<Span> spans) {
        if (settings.searchEnabled()) {
            names.add(spans);
        }
        writer.write(spans);
        return null;
    }

    @Override
    public Call<List<Span>> getTrace(String traceId) {
        String id = Span.normalizeTraceId(traceId);
        return new DatabaseCall<>(() -> {
            List<List<Span>> traces = read(Set.of(id));
            return traces.isEmpty() ? List.of() : traces.get(0);
        });
    }

    @Override
    public Call<List<List<Span>>> getTraces(Iterable<String> traceIds) {
        Set<String> ids = new LinkedHashSet<>();
        traceIds.forEach(id -> ids.add(Span.normalizeTraceId(id)));
        return ids.isEmpty() ? Call.emptyList() : new DatabaseCall<>(() -> read(ids));
    }

    private List<List<Span>> read(Set<String> ids) {
        Set<Long> lowIds = new LinkedHashSet<>();
        ids.forEach(id -> lowIds.add(Batches.traceLow(id)));
        Map<Long, List<Span>> found = transactions.call(manager -> reader.read(manager, lowIds));
        if (!settings.strictTraceId()) {
            return new ArrayList<>(found.values());
        }
        Map<String, List<Span>> byId = new LinkedHashMap<>();
        found.values().forEach(spans -> byId.putAll(TraceSearch.byId(spans)));
        byId.keySet().retainAll(ids);
        return new ArrayList<>(byId.values());
    }

    @Override
    public Call<List<String>> getServiceNames() {
        return names(Kind.SERVICE, "");
    }

    @Override
    public Call<List<String>> getRemoteServiceNames(String serviceName) {
        return serviceName.isEmpty()
                ? Call.emptyList()
                : names(Kind.REMOTE_SERVICE, serviceName.toLowerCase(Locale.ROOT));
    }

    @Override
    public Call<List<String>> getSpanNames(String serviceName) {
        return serviceName.isEmpty() ? Call.emptyList() : names(Kind.SPAN, serviceName.toLowerCase(Locale.ROOT));
    }

    @Override
    public Call<List<String>> getKeys() {
        return settings.searchEnabled() ? Call.create(settings.autocompleteKeys()) : Call.emptyList();
    }

    @Override
    public Call<List<String>> getValues(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key was empty");
        }
        return settings.autocompleteKeys().contains(key) ? names(Kind.TAG_VALUE, key) : Call.emptyList();
    }

    private Call<List<String>> names(Kind kind, String owner) {
        return settings.searchEnabled() ? new DatabaseCall<>(() -> names.find(kind, owner)) : Call.emptyList();
    }

    @Override
    public CheckResult check() {
        try {
            transactions.call(manager -> manager.createQuery("SELECT l.name FROM LeaseRow l", String.class)
                    .getResultList());
            return CheckResult.OK;
        } catch (RuntimeException e) {
            return CheckResult.failed(e);
        }
    }

    @Override
    public Traces traces() {
        return this;
    }

    @Override
    public SpanStore spanStore() {
        return new Searches();
    }

    @Override
    public ServiceAndSpanNames serviceAndSpanNames() {
        return this;
    }

    @Override
    public AutocompleteTags autocompleteTags() {
        return this;
    }

    @Override
    public String toString() {
        return "JpaStorage{" + settings.type() + "}";
    }

    /** Searches and links. What zipkin2 has moved elsewhere leads there. */
    private final class Searches implements SpanStore {
        @Override
        public Call<List<List<Span>>> getTraces(QueryRequest request) {
            if (!settings.searchEnabled()) {
                return Call.emptyList();
            }
            return new DatabaseCall<>(() -> {
                long deadline = System.nanoTime() + queryTimeout.toNanos();
                return transactions.call(
                        manager -> new TraceSearch(manager, reader, request, settings.strictTraceId(), deadline).run());
            });
        }

        @Override
        public Call<List<DependencyLink>> getDependencies(long endTs, long lookback) {
            if (endTs <= 0) {
                throw new IllegalArgumentException("endTs <= 0");
            }
            if (lookback <= 0) {
                throw new IllegalArgumentException("lookback <= 0");
            }
            return new DatabaseCall<>(() -> links.find(endTs, lookback));
        }

        @Override
        @Deprecated
        public Call<List<Span>> getTrace(String traceId) {
            return JpaStorage.this.getTrace(traceId);
        }

        @Override
        @Deprecated
        public Call<List<String>> getServiceNames() {
            return JpaStorage.this.getServiceNames();
        }

        @Override
        @Deprecated
        public Call<List<String>> getSpanNames(String serviceName) {
            return JpaStorage.this.getSpanNames(serviceName);
        }
    }
}
