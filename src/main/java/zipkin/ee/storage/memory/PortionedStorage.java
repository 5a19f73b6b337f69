package zipkin.ee.storage.memory;

import java.io.IOException;
import java.util.List;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * Writes messages in portions that fit. InMemoryStorage makes room before it stores: for more spans than it may hold it would
 * evict until nothing is left and then fail, now and at each redelivery.
 */
final class PortionedStorage extends ForwardingStorageComponent {
    private final StorageComponent delegate;
    private final int portion;

    /**
     * @param portion most spans written at once
     */
    PortionedStorage(StorageComponent delegate, int portion) {
        this.delegate = delegate;
        this.portion = portion;
    }

    @Override
    protected StorageComponent delegate() {
        return delegate;
    }

    @Override
    public SpanConsumer spanConsumer() {
        SpanConsumer consumer = delegate.spanConsumer();
        return spans -> spans.size() <= portion ? consumer.accept(spans) : new Write(consumer, portion, spans);
    }

    @Override
    public String toString() {
        return delegate.toString();
    }

    private static final class Write extends Call.Base<Void> {
        private final SpanConsumer consumer;
        private final int portion;
        private final List<Span> spans;

        Write(SpanConsumer consumer, int portion, List<Span> spans) {
            this.consumer = consumer;
            this.portion = portion;
            this.spans = spans;
        }

        @Override
        @SuppressWarnings("NullAway") // Void has no other value than null
        protected Void doExecute() throws IOException {
            for (int from = 0; from < spans.size(); from += portion) {
                consumer.accept(spans.subList(from, Math.min(spans.size(), from + portion)))
                        .execute();
            }
            return null;
        }

        @Override
        protected void doEnqueue(Callback<Void> callback) {
            try {
                callback.onSuccess(doExecute());
            } catch (IOException | RuntimeException e) {
                callback.onError(e);
            }
        }

        @Override
        public Call<Void> clone() {
            return new Write(consumer, portion, spans);
        }
    }
}
