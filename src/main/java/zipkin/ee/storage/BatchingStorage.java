package zipkin.ee.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.storage.WaitingMessages.Message;
import zipkin.ee.storage.WaitingMessages.Piece;
import zipkin.ee.storage.WaitingMessages.Turn;
import zipkin2.Call;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * Moves writes off the transports' threads, and writes the messages that wait for a storage
 * together, as one write of many spans, which costs a database far less than many small ones.
 * No linger: an idle writer takes whatever is queued. A large message takes several writes, in
 * turn with the others', and is stored when all of them have succeeded. When a common write fails,
 * its messages are written one by one, so that each gets its own outcome, unless the storage is
 * unavailable to all. Enqueueing into a full queue throws {@link RejectedExecutionException}. Reads
 * pass through.
 */
final class BatchingStorage extends ForwardingStorageComponent {
    private static final Turn NOTHING = new Turn(List.of(), false);

    private final StorageComponent delegate;
    private final Executor pool;
    private final AdaptiveConcurrencyLimit limit;
    private final WaitingMessages waiting;
    private final StorageQueue room;
    private final AtomicInteger writers = new AtomicInteger();

    /**
     * @param pool runs as many tasks at the same time as the limit may ever allow
     * @param maxSpans of a write; larger messages are written in several. 0: each message is a
     *     write of its own
     * @param queueSize messages that may wait
     * @param room bounds of spans and bytes that wait or are being written
     */
    BatchingStorage(
            StorageComponent delegate,
            Executor pool,
            AdaptiveConcurrencyLimit limit,
            int maxSpans,
            int queueSize,
            StorageQueue room) {
        this.delegate = delegate;
        this.pool = pool;
        this.limit = limit;
        this.waiting = new WaitingMessages(maxSpans, queueSize);
        this.room = room;
    }

    @Override
    protected StorageComponent delegate() {
        return delegate;
    }

    @Override
    public SpanConsumer spanConsumer() {
        return Write::new;
    }

    @Override
    public String toString() {
        return delegate.toString();
    }

    /** See {@link WriteMetrics#numbers}. */
    Map<String, Long> numbers() {
        return Map.of("concurrency", (long) writers.get(), "limit", (long) limit.current(), "queue_size", (long)
                waiting.size());
    }

    private void enqueue(List<Span> spans, Callback<Void> callback) {
        Account account = room.enter(spans.size(), SpanSize.of(spans));
        if (!waiting.offer(new Message(spans, callback, account))) {
            account.close();
            throw new RejectedExecutionException(waiting.size() + " messages wait for the storage");
        }
        startWriter();
    }

    private void startWriter() {
        int running = writers.get();
        while (running < limit.current()) {
            if (writers.compareAndSet(running, running + 1)) {
                try {
                    pool.execute(this::write);
                } catch (RejectedExecutionException e) {
                    writers.decrementAndGet();
                    waiting.refuseAll(e);
                }
                return;
            }
            running = writers.get();
        }
    }

    private void write() {
        try {
            for (Turn turn = take(); !turn.pieces().isEmpty(); turn = take()) {
                try {
                    store(turn.pieces());
                } finally {
                    waiting.done(turn);
                }
                if (writers.get() < limit.current() && waiting.hasTurn(limit.current())) {
                    startWriter();
                }
            }
        } finally {
            writers.decrementAndGet();
        }
        // One that came after the last look and found all writers busy, or was left by one writer
        // too many.
        if (waiting.hasTurn(limit.current())) {
            startWriter();
        }
    }

    /** What is to be written next; nothing for a writer beyond the limit. */
    private Turn take() {
        int most = limit.current();
        return writers.get() > most ? NOTHING : waiting.next(most);
    }

    private void store(List<Piece> pieces) {
        List<Span> spans = pieces.get(0).spans();
        if (pieces.size() > 1) {
            spans = new ArrayList<>();
            for (Piece piece : pieces) {
                spans.addAll(piece.spans());
            }
        }
        Throwable error = attempt(spans);
        if (error == null || pieces.size() == 1 || error instanceof StorageUnavailableException) {
            pieces.forEach(piece -> waiting.end(piece, error));
        } else {
            pieces.forEach(piece -> store(List.of(piece)));
        }
    }

    /** Returns errors of any kind, since the senders of the messages wait for an outcome. */
    private @Nullable Throwable attempt(List<Span> spans) {
        int begun = limit.begin();
        try {
            delegate.spanConsumer().accept(spans).execute();
            limit.stored(writers.get());
            return null;
        } catch (StorageUnavailableException e) {
            limit.unavailable(begun);
            return e;
        } catch (IOException | RuntimeException | Error e) {
            return e;
        }
    }

    private final class Write extends Call.Base<Void> {
        private final List<Span> spans;

        Write(List<Span> spans) {
            this.spans = spans;
        }

        @Override
        protected Void doExecute() throws IOException {
            return delegate.spanConsumer().accept(spans).execute();
        }

        @Override
        protected void doEnqueue(Callback<Void> callback) {
            BatchingStorage.this.enqueue(spans, callback);
        }

        @Override
        public Call<Void> clone() {
            return new Write(spans);
        }
    }
}
