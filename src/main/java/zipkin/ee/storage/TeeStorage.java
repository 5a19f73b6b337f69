package zipkin.ee.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import zipkin.ee.codec.ColumnsToSpans;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.fault.PublicText;
import zipkin.ee.text.SafeLogger;
import zipkin2.Callback;
import zipkin2.CheckResult;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * A storage that gives what it has stored to others as well. The first one alone is asked, waited
 * for and decides what became of a message; what another can't take is counted, logged, and lost to
 * that one.
 */
class TeeStorage extends ForwardingStorageComponent {
    private static final Logger LOGGER = SafeLogger.of(TeeStorage.class.getName());

    private final StorageComponent first;
    private final List<Branch> others;

    /** One of the others, whose writes do not block the caller. */
    static final class Branch {
        private final String type;
        private final StorageComponent storage;
        private final LongAdder stored = new LongAdder();
        private final LongAdder lost = new LongAdder();

        Branch(String type, StorageComponent storage) {
            this.type = type;
            this.storage = storage;
        }

        String type() {
            return type;
        }

        /**
         * What became of spans so far.
         *
         * @throws StorageUnavailableException when it can't take any now
         */
        BackgroundTask.Report report() {
            CheckResult check = storage.check();
            if (!check.ok()) {
                String more = "; " + lost.sum() + " spans were lost to it";
                throw new StorageUnavailableException(
                        check.error().getMessage() + more, PublicText.of(check.error()) + more, check.error());
            }
            return new BackgroundTask.Report(stored.sum() + " spans, " + lost.sum() + " were lost to it")
                    .with("stored_spans", stored.sum())
                    .with("lost_spans", lost.sum());
        }

        private void give(List<Span> spans) {
            try {
                storage.spanConsumer().accept(spans).enqueue(new Callback<>() {
                    @Override
                    public void onSuccess(Void ignored) {
                        stored.add(spans.size());
                    }

                    @Override
                    public void onError(Throwable error) {
                        lose(spans, error);
                    }
                });
            } catch (RuntimeException e) { // among them that its queue is full
                lose(spans, e);
            }
        }

        /**
         * The count is reported by {@link BackgroundTask}; the log has each loss for developers
         * only.
         */
        private void lose(List<Span> spans, Throwable error) {
            lost.add(spans.size());
            LOGGER.log(Level.DEBUG, spans.size() + " spans are lost to " + type, error);
        }
    }

    private TeeStorage(StorageComponent first, List<Branch> others) {
        this.first = first;
        this.others = List.copyOf(others);
    }

    /** A tee that takes columns of spans if its first storage does. */
    static TeeStorage of(StorageComponent first, List<Branch> others) {
        return first instanceof SpanColumnsConsumer columns
                ? new OfColumns(first, columns, others)
                : new TeeStorage(first, others);
    }

    /** Only the other storages need an object per span. */
    private static final class OfColumns extends TeeStorage implements SpanColumnsConsumer {
        private final SpanColumnsConsumer firstColumns;

        OfColumns(StorageComponent first, SpanColumnsConsumer firstColumns, List<Branch> others) {
            super(first, others);
            this.firstColumns = firstColumns;
        }

        @Override
        public void accept(SpanColumns columns) {
            firstColumns.accept(columns);
            giveToOthers(IntStream.range(0, columns.size())
                    .mapToObj(span -> ColumnsToSpans.span(columns, span))
                    .toList());
        }
    }

    final void giveToOthers(List<Span> spans) {
        others.forEach(other -> other.give(spans));
    }

    @Override
    protected StorageComponent delegate() {
        return first;
    }

    @Override
    public SpanConsumer spanConsumer() {
        return spans -> new ObservedWrite(first.spanConsumer().accept(spans), () -> giveToOthers(spans), error -> {});
    }

    @Override
    public void close() throws IOException {
        try {
            first.close();
        } finally {
            for (Branch other : others) {
                other.storage.close();
            }
        }
    }

    @Override
    public String toString() {
        return first.toString();
    }
}
