package zipkin.ee.storage;

import java.util.List;
import java.util.function.Consumer;
import zipkin2.Call;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.storage.AutocompleteTags;
import zipkin2.storage.QueryRequest;
import zipkin2.storage.ServiceAndSpanNames;
import zipkin2.storage.SpanStore;
import zipkin2.storage.StorageComponent;
import zipkin2.storage.Traces;

/** Queries of a storage whose failures are reported to an observer before the caller. */
@SuppressWarnings("deprecation") // methods that zipkin2 has moved from SpanStore to the others
final class WatchedReads implements SpanStore, Traces, ServiceAndSpanNames, AutocompleteTags {
    private final StorageComponent storage;
    private final Consumer<Throwable> failures;

    WatchedReads(StorageComponent storage, Consumer<Throwable> failures) {
        this.storage = storage;
        this.failures = failures;
    }

    private <T> Call<T> watched(Call<T> call) {
        return call.handleError((error, callback) -> {
            failures.accept(error);
            callback.onError(error);
        });
    }

    @Override
    public Call<List<List<Span>>> getTraces(QueryRequest request) {
        return watched(storage.spanStore().getTraces(request));
    }

    @Override
    public Call<List<DependencyLink>> getDependencies(long endTs, long lookback) {
        return watched(storage.spanStore().getDependencies(endTs, lookback));
    }

    @Override
    public Call<List<Span>> getTrace(String traceId) {
        return watched(storage.traces().getTrace(traceId));
    }

    @Override
    public Call<List<List<Span>>> getTraces(Iterable<String> traceIds) {
        return watched(storage.traces().getTraces(traceIds));
    }

    @Override
    public Call<List<String>> getServiceNames() {
        return watched(storage.serviceAndSpanNames().getServiceNames());
    }

    @Override
    public Call<List<String>> getRemoteServiceNames(String serviceName) {
        return watched(storage.serviceAndSpanNames().getRemoteServiceNames(serviceName));
    }

    @Override
    public Call<List<String>> getSpanNames(String serviceName) {
        return watched(storage.serviceAndSpanNames().getSpanNames(serviceName));
    }

    @Override
    public Call<List<String>> getKeys() {
        return watched(storage.autocompleteTags().getKeys());
    }

    @Override
    public Call<List<String>> getValues(String key) {
        return watched(storage.autocompleteTags().getValues(key));
    }
}
