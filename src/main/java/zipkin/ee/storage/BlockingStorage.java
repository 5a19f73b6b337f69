package zipkin.ee.storage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import zipkin.ee.config.StorageSettings;
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

/**
 * zipkin2's storage reduced to what differs between storages. Arguments come checked and
 * normalised, and nothing is asked that {@code SEARCH_ENABLED=false} leaves out. All methods work
 * on the caller's thread, and block where a storage is outside this process; subclasses are thread
 * safe.
 */
public abstract class BlockingStorage extends StorageComponent
        implements ServiceAndSpanNames, AutocompleteTags, Traces {
    private final StorageSettings settings;

    protected BlockingStorage(StorageSettings settings) {
        this.settings = settings;
    }

    /** Returns when the spans are safe. At least one span. */
    protected abstract void store(List<Span> spans);

    /**
     * The traces that exist. With strict trace ids, those of exactly these ids; otherwise those
     * that have their low 64 bits.
     *
     * @param traceIds of 16 or 32 lower-hex characters, at least one
     */
    protected abstract List<List<Span>> readTraces(Set<String> traceIds);

    /** The traces that meet all conditions, newest first. */
    protected abstract List<List<Span>> findTraces(QueryRequest request);

    /** Links of all days that the window touches, in UTC; in memory of the traces within it. */
    protected abstract List<DependencyLink> findLinks(long endMillis, long lookbackMillis);

    /** All services, sorted and each once. Names in memory, here and below, are not sorted. */
    protected abstract List<String> findServiceNames();

    protected abstract List<String> findRemoteServiceNames(String serviceName);

    protected abstract List<String> findSpanNames(String serviceName);

    /** Values of a tag that is among {@code AUTOCOMPLETE_KEYS}. */
    protected abstract List<String> findTagValues(String key);

    /** Throws the reason when spans can't be read or written. */
    protected void requireUsable() {}

    @Override
    public final CheckResult check() {
        try {
            requireUsable();
            return CheckResult.OK;
        } catch (RuntimeException e) {
            return CheckResult.failed(e);
        }
    }

    @Override
    public final SpanConsumer spanConsumer() {
        return spans -> spans.isEmpty() ? Call.create(null) : new BlockingCall<>(() -> storeAll(spans));
    }

    @SuppressWarnings("NullAway") // Void has no other value than null
    private Void storeAll(List<Span> spans) {
        store(spans);
        return null;
    }

    @Override
    public final Call<List<Span>> getTrace(String traceId) {
        String id = Span.normalizeTraceId(traceId);
        return new BlockingCall<>(() -> {
            List<List<Span>> traces = readTraces(Set.of(id));
            return traces.isEmpty() ? List.of() : traces.get(0);
        });
    }

    @Override
    public final Call<List<List<Span>>> getTraces(Iterable<String> traceIds) {
        Set<String> ids = new LinkedHashSet<>();
        traceIds.forEach(id -> ids.add(Span.normalizeTraceId(id)));
        return ids.isEmpty() ? Call.emptyList() : new BlockingCall<>(() -> readTraces(ids));
    }

    @Override
    public final Call<List<String>> getServiceNames() {
        return settings.searchEnabled() ? new BlockingCall<>(this::findServiceNames) : Call.emptyList();
    }

    @Override
    public final Call<List<String>> getRemoteServiceNames(String serviceName) {
        String name = serviceName.toLowerCase(Locale.ROOT);
        return name.isEmpty() || !settings.searchEnabled()
                ? Call.emptyList()
                : new BlockingCall<>(() -> findRemoteServiceNames(name));
    }

    @Override
    public final Call<List<String>> getSpanNames(String serviceName) {
        String name = serviceName.toLowerCase(Locale.ROOT);
        return name.isEmpty() || !settings.searchEnabled()
                ? Call.emptyList()
                : new BlockingCall<>(() -> findSpanNames(name));
    }

    @Override
    public final Call<List<String>> getKeys() {
        return settings.searchEnabled() ? Call.create(settings.autocompleteKeys()) : Call.emptyList();
    }

    @Override
    public final Call<List<String>> getValues(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key was empty");
        }
        return settings.searchEnabled() && settings.autocompleteKeys().contains(key)
                ? new BlockingCall<>(() -> findTagValues(key))
                : Call.emptyList();
    }

    @Override
    public final Traces traces() {
        return this;
    }

    @Override
    public final SpanStore spanStore() {
        return new Searches();
    }

    @Override
    public final ServiceAndSpanNames serviceAndSpanNames() {
        return this;
    }

    @Override
    public final AutocompleteTags autocompleteTags() {
        return this;
    }

    /** Searches and links, and the methods that zipkin2 has moved from here to other interfaces. */
    private final class Searches implements SpanStore {
        @Override
        public Call<List<List<Span>>> getTraces(QueryRequest request) {
            return settings.searchEnabled() ? new BlockingCall<>(() -> findTraces(request)) : Call.emptyList();
        }

        @Override
        public Call<List<DependencyLink>> getDependencies(long endTs, long lookback) {
            if (endTs <= 0) {
                throw new IllegalArgumentException("endTs <= 0");
            }
            if (lookback <= 0) {
                throw new IllegalArgumentException("lookback <= 0");
            }
            return new BlockingCall<>(() -> findLinks(endTs, lookback));
        }

        @Override
        @Deprecated
        public Call<List<Span>> getTrace(String traceId) {
            return BlockingStorage.this.getTrace(traceId);
        }

        @Override
        @Deprecated
        public Call<List<String>> getServiceNames() {
            return BlockingStorage.this.getServiceNames();
        }

        @Override
        @Deprecated
        public Call<List<String>> getSpanNames(String serviceName) {
            return BlockingStorage.this.getSpanNames(serviceName);
        }
    }
}
