package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import zipkin.ee.codec.FlatSpanConsumer;
import zipkin.ee.codec.FlatSpans;
import zipkin.ee.config.MemorySettings;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.BlockingCall;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.AutocompleteTags;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.SpanStore;
import zipkin2.storage.StorageComponent;
import zipkin2.storage.Traces;

/** Spans in the heap. Answers as zipkin2's InMemoryStorage does. Calls work on the thread that executes or enqueues them, and never wait for one that reads. */
@SuppressWarnings("deprecation") // SpanStore has its former methods still
public final class MemoryStorage extends StorageComponent
        implements SpanStore, SpanConsumer, Traces, ServiceAndSpanNames, AutocompleteTags, FlatSpanConsumer {
    /** Of the bytes for spans, names get one in so many beside them. */
    private static final int NAMES_SHARE = 8;

    private final Shards shards;
    private final Links links;
    private final Names.Shared names;
    private final List<String> autocompleteKeys;
    private final boolean strictTraceId;
    private final boolean searchEnabled;

    public MemoryStorage(StorageSettings storage, MemorySettings memory) {
        this.names = new Names.Shared(storage.autocompleteKeys(), memory.maxBytes() / NAMES_SHARE);
        this.autocompleteKeys = storage.autocompleteKeys();
        this.strictTraceId = storage.strictTraceId();
        this.searchEnabled = storage.searchEnabled();
        this.shards = new Shards(
                Runtime.getRuntime().availableProcessors(), memory.maxSpans(), memory.maxBytes(), names, searchEnabled);
        this.links = new Links(shards);
    }

    /** How many spans there are. */
    public long spanCount() {
        return shards.spanCount();
    }

    /** How many bytes of heap they take, about. */
    public long byteCount() {
        return shards.byteCount();
    }

    @Override
    public void accept(FlatSpans spans) {
        shards.add(spans);
    }

    @Override
    public Call<Void> accept(List<Span> spans) {
        return new BlockingCall<>(() -> {
            FlatSpans flat = new FlatSpans();
            flat.addAll(spans);
            shards.add(flat);
            return null;
        });
    }

    @Override
    public Call<List<List<Span>>> getTraces(QueryRequest request) {
        return new BlockingCall<>(
                () -> searchEnabled ? new TraceSearch(shards, request, strictTraceId).run() : new ArrayList<>());
    }

    @Override
    public Call<List<Span>> getTrace(String traceId) {
        String normal = Span.normalizeTraceId(traceId);
        return new BlockingCall<>(() -> {
            List<Span> spans = spans(TraceIds.low(normal));
            if (strictTraceId) {
                spans.removeIf(span -> !span.traceId().equals(normal));
            }
            return spans;
        });
    }

    @Override
    public Call<List<List<Span>>> getTraces(Iterable<String> traceIds) {
        Set<String> normal = new LinkedHashSet<>();
        traceIds.forEach(id -> normal.add(Span.normalizeTraceId(id)));
        return new BlockingCall<>(() -> {
            Set<Long> low = new LinkedHashSet<>();
            normal.forEach(id -> low.add(TraceIds.low(id)));
            List<List<Span>> traces = new ArrayList<>();
            for (long id : low) {
                List<Span> spans = spans(id);
                if (!strictTraceId) {
                    traces.add(spans);
                    continue;
                }
                for (List<Span> trace : TraceSearch.byTraceId(spans)) {
                    if (normal.contains(trace.get(0).traceId())) {
                        traces.add(trace);
                    }
                }
            }
            return traces;
        });
    }

    private List<Span> spans(long traceId) {
        return Shard.spans(shards.of(traceId).trace(traceId));
    }

    @Override
    public Call<List<DependencyLink>> getDependencies(long endTs, long lookback) {
        if (endTs <= 0) {
            throw new IllegalArgumentException("endTs <= 0");
        }
        if (lookback <= 0) {
            throw new IllegalArgumentException("lookback <= 0");
        }
        return new BlockingCall<>(() -> links.between(endTs - lookback, endTs));
    }

    @Override
    public Call<List<String>> getServiceNames() {
        return new BlockingCall<>(() -> searchEnabled ? names.serviceNames() : new ArrayList<>());
    }

    @Override
    public Call<List<String>> getRemoteServiceNames(String service) {
        return ofService(service, names::remoteNames);
    }

    @Override
    public Call<List<String>> getSpanNames(String service) {
        return ofService(service, names::spanNames);
    }

    private Call<List<String>> ofService(String service, Function<String, List<String>> list) {
        return new BlockingCall<>(() ->
                service.isEmpty() || !searchEnabled ? new ArrayList<>() : list.apply(service.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Call<List<String>> getKeys() {
        return new BlockingCall<>(() -> searchEnabled ? new ArrayList<>(autocompleteKeys) : new ArrayList<>());
    }

    @Override
    public Call<List<String>> getValues(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key was empty");
        }
        return new BlockingCall<>(() -> searchEnabled ? names.values(key) : new ArrayList<>());
    }

    @Override
    public SpanStore spanStore() {
        return this;
    }

    @Override
    public Traces traces() {
        return this;
    }

    @Override
    public SpanConsumer spanConsumer() {
        return this;
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
        return "InMemoryStorage{}"; // as /health of the reference has it
    }
}
