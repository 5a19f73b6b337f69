package zipkin.ee.storage;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * Moves writes of a storage that blocks off the transports' threads, into a bounded pool. Enqueueing a write into a full
 * pool throws {@link RejectedExecutionException}; nothing is dropped silently. Reads pass through.
 */
final class BoundedStorage extends ForwardingStorageComponent {
    private final StorageComponent delegate;
    private final Executor pool;

    BoundedStorage(StorageComponent delegate, Executor pool) {
        this.delegate = delegate;
        this.pool = pool;
    }

    @Override
    protected StorageComponent delegate() {
        return delegate;
    }

    @Override
    public SpanConsumer spanConsumer() {
        return spans -> new Write(delegate, pool, spans);
    }

    @Override
    public String toString() {
        return delegate.toString();
    }

    /** One write. Even asking the delegate for its call may block, so that is left to the pool too. */
    private static final class Write extends Call.Base<Void> {
        private final StorageComponent storage;
        private final Executor pool;
        private final List<Span> spans;

        Write(StorageComponent storage, Executor pool, List<Span> spans) {
            this.storage = storage;
            this.pool = pool;
            this.spans = spans;
        }

        @Override
        protected Void doExecute() throws java.io.IOException {
            return storage.spanConsumer().accept(spans).execute();
        }

        @Override
        protected void doEnqueue(Callback<Void> callback) {
            pool.execute(() -> {
                try {
                    callback.onSuccess(doExecute());
                } catch (Exception | LinkageError | StackOverflowError e) {
                    callback.onError(e);
                }
            });
        }

        @Override
        public Call<Void> clone() {
            return new Write(storage, pool, spans);
        }
    }
}
