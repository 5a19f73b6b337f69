package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.codec.SpansToColumns;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.BlockingStorage;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageCapabilities.Capability;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Stores spans in the heap and answers queries as zipkin2's InMemoryStorage does. Writers never
 * wait for readers.
 */
public final class MemoryStorage extends BlockingStorage implements SpanColumnsConsumer {
    /** Names and links may take one in so many of all bytes each. Spans get the rest. */
    private static final int SHARE = 8;

    static final StorageCapabilities CAPABILITIES = new StorageCapabilities(Set.of(Capability.SPAN_COLUMNS), 0, 0);

    private final Shards shards;
    private final Links links;
    private final SharedNames names;
    private final Budget nameBytes;
    private final Budget linkBytes;
    private final long maxBytes;
    private final boolean strictTraceId;

    public MemoryStorage(StorageSettings storage, MemorySettings memory) {
        this(storage, memory, memory.maxBytes() / SHARE);
    }

    /** @param maxLinkBytes bytes for cached links */
    MemoryStorage(StorageSettings storage, MemorySettings memory, long maxLinkBytes) {
        super(storage);
        this.maxBytes = memory.maxBytes();
        this.nameBytes = new Budget(maxBytes / SHARE);
        this.linkBytes = new Budget(maxLinkBytes);
        this.names = new SharedNames(storage.autocompleteKeys(), nameBytes);
        this.strictTraceId = storage.strictTraceId();
        this.shards = new Shards(
                Runtime.getRuntime().availableProcessors(),
                memory.maxSpans(),
                () -> maxBytes - nameBytes.used() - linkBytes.used(),
                names,
                storage.searchEnabled());
        this.links = new Links(shards, linkBytes);
    }

    /** Adds the memory in use to the metrics. */
    void showIn(Budgets budgets) {
        budgets.watch("mem_bytes", this::byteCount, maxBytes);
        budgets.watch("mem_spans_bytes", shards::byteCount, maxBytes);
        budgets.watch("mem_names_bytes", nameBytes::used, nameBytes.limit());
        budgets.watch("mem_links_bytes", linkBytes::used, linkBytes.limit());
        budgets.count("mem_names_dropped", names::dropped);
    }

    long spanCount() {
        return shards.spanCount();
    }

    /** Estimated heap bytes of spans, names and links. */
    long byteCount() {
        return shards.byteCount() + nameBytes.used() + linkBytes.used();
    }

    @Override
    public void accept(SpanColumns spans) {
        shards.add(spans);
    }

    @Override
    protected void store(List<Span> spans) {
        shards.add(SpansToColumns.toColumns(spans));
    }

    /** Without strict trace ids, an unknown one is an empty trace, as in the reference. */
    @Override
    protected List<List<Span>> readTraces(Set<String> traceIds) {
        Set<Long> low = new LinkedHashSet<>();
        traceIds.forEach(id -> low.add(low(id)));
        StoredTrace.Results results = new StoredTrace.Results();
        List<List<Span>> traces = new ArrayList<>();
        for (long id : low) {
            StoredTrace stored = new StoredTrace(shards.of(id).trace(id));
            if (!strictTraceId) {
                traces.add(results.of(stored));
                continue;
            }
            for (StoredTrace trace : stored.byTraceId()) {
                if (traceIds.contains(trace.get(0).traceId())) {
                    traces.add(results.of(trace));
                }
            }
        }
        return traces;
    }

    private static long low(String traceId) {
        return Long.parseUnsignedLong(traceId, traceId.length() == 32 ? 16 : 0, traceId.length(), 16);
    }

    @Override
    protected List<List<Span>> findTraces(QueryRequest request) {
        return new TraceSearch(shards, request, strictTraceId).run();
    }

    @Override
    protected List<DependencyLink> findLinks(long endMillis, long lookbackMillis) {
        List<DependencyLink> found = links.between(endMillis - lookbackMillis, endMillis);
        shards.evictBeyondBytes();
        return found;
    }

    /** Links traces that have new spans, ahead of queries, and returns how many there were. */
    long linkTraces() {
        long linked = links.catchUp();
        shards.evictBeyondBytes();
        return linked;
    }

    @Override
    protected List<String> findServiceNames() {
        return names.serviceNames();
    }

    @Override
    protected List<String> findRemoteServiceNames(String serviceName) {
        return names.remoteNames(serviceName);
    }

    @Override
    protected List<String> findSpanNames(String serviceName) {
        return names.spanNames(serviceName);
    }

    @Override
    protected List<String> findTagValues(String key) {
        return names.values(key);
    }

    @Override
    public String toString() {
        return "InMemoryStorage{}"; // the name in /health of the reference
    }
}
