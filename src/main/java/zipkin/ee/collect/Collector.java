package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.codec.SpanReader;
import zipkin.ee.codec.SpanSize;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.text.SafeLogger;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.StorageComponent;

/**
 * The only door for transports. Decodes on the caller's thread, samples, and hands the spans to the
 * storage, which stores them on the caller's thread or on a bounded pool. What decoding takes of
 * the heap is taken out of a budget before it is used, on the account of the message, which is
 * closed with the message's outcome. Thread safe.
 */
@SingleInstance
public class Collector {
    private static final OutageLog FAILURES = new OutageLog(
            SafeLogger.of(Collector.class.getName()),
            "Spans can't be stored; senders are told to try later",
            "Spans can be stored again",
            System::nanoTime);

    static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.Stored.INSTANCE);

    private final StorageComponent storage;
    private final @Nullable SpanColumnsConsumer columns;
    private final SpanReader reader;
    private final Sampler sampler;
    private final Budget decoded;

    @Inject
    public Collector(StorageComponent storage, CollectorSettings settings, BudgetSettings bounds, Budgets budgets) {
        this.storage = storage;
        this.columns = storage instanceof SpanColumnsConsumer consumer ? consumer : null;
        this.reader = new SpanReader();
        this.sampler = new Sampler(settings.sampleRate(), new SpanRate(settings.maxSpansPerSecond(), System::nanoTime));
        this.decoded = budgets.create("decoded_bytes", bounds.decodedBytes());
    }

    /**
     * Takes one message, decompressed and not empty. The caller has counted it with
     * {@link TransportCounters#messageReceived()}.
     *
     * @param counters the transport's
     * @param debug marks every span as debug, which no sampling drops
     * @param account of the message, which is closed when the outcome is there, also when this
     *     throws
     * @return completed when the storage is done; never fails
     */
    public CompletionStage<Outcome> accept(
            byte[] message, Encoding encoding, boolean debug, TransportCounters counters, Account account) {
        return settled(
                account,
                counters,
                () -> columns != null
                        ? storeColumns(columns, message, encoding, debug, counters, account, sampler::sample)
                        : storeDecoded(decode(message, encoding, counters, account), debug, counters, account));
    }

    /** The message itself is needed no more. */
    private CompletionStage<Outcome> storeDecoded(
            List<Span> spans, boolean debug, TransportCounters counters, Account account) {
        account.keepOnly(decoded);
        return store(sample(spans, debug, counters), counters);
    }

    /**
     * Takes one message as {@link #accept} does, but hands it to the journal instead of the
     * storage: as it is when sampling keeps all of it, otherwise the spans that it keeps.
     *
     * @return completed when the journal is done; never fails
     */
    public CompletionStage<Outcome> acceptInto(
            Journal journal,
            byte[] message,
            Encoding encoding,
            boolean debug,
            TransportCounters counters,
            Account account) {
        return settled(account, counters, () -> {
            List<Span> spans = decode(message, encoding, counters, account);
            List<Span> kept = sample(spans, debug, counters);
            if (kept.isEmpty()) {
                return STORED;
            }
            CompletionStage<Outcome> outcome;
            if (kept.size() == spans.size()) {
                account.giveBack(decoded, account.held(decoded));
                outcome = journal.keep(message, encoding, debug, account);
            } else {
                outcome = journal.keep(SpanBytesEncoder.PROTO3.encodeList(kept), Encoding.PROTO3, debug, account);
            }
            return outcome.thenApply(result -> {
                if (result instanceof Outcome.TryLater) {
                    counters.spansRefused(kept.size());
                }
                return result;
            });
        });
    }

    /**
     * Takes back what {@link #acceptInto} gave a journal. It was sampled then.
     *
     * @param counters not the transport's, which has counted the message
     * @return completed when the storage is done; never fails
     */
    public CompletionStage<Outcome> acceptJournaled(
            byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        Account account = new Account();
        return settled(account, counters, () -> {
            if (columns != null) {
                return storeColumns(columns, message, encoding, debug, counters, account, all -> {});
            }
            List<Span> spans = decode(message, encoding, counters, account);
            return store(debug ? debugged(spans) : spans, counters);
        });
    }

    /** Without an object for a span, where the storage wants none. */
    private CompletionStage<Outcome> storeColumns(
            SpanColumnsConsumer consumer,
            byte[] message,
            Encoding encoding,
            boolean debug,
            TransportCounters counters,
            Account account,
            Consumer<SpanColumns> sampling) {
        return reader.readColumns(message, encoding, bytes -> account.require(decoded, bytes), spans -> {
            counters.spansReceived(spans.size());
            if (debug) {
                spans.markDebug();
            }
            int received = spans.size();
            sampling.accept(spans);
            counters.spansDropped(received - spans.size());
            if (spans.size() == 0) {
                return STORED;
            }
            try {
                consumer.accept(spans);
                FAILURES.works();
                return STORED;
            } catch (RuntimeException e) {
                if (!(e instanceof MalformedSpansException)) {
                    FAILURES.failed(e);
                }
                StorageWrite write = new StorageWrite(spans.size(), counters);
                write.onError(e);
                return write.outcome();
            }
        });
    }

    /** Takes the spans' bytes of the heap, more while they are being decoded. */
    private List<Span> decode(byte[] message, Encoding encoding, TransportCounters counters, Account account) {
        List<Span> spans = reader.read(message, encoding, bytes -> account.require(decoded, bytes));
        counters.spansReceived(spans.size());
        account.giveBack(decoded, Math.max(0, account.held(decoded) - SpanSize.of(spans)));
        return spans;
    }

    /** The outcome of some work, with which the account is closed. */
    private CompletionStage<Outcome> settled(
            Account account, TransportCounters counters, Supplier<CompletionStage<Outcome>> work) {
        CompletionStage<Outcome> outcome = STORED;
        boolean waits = false;
        try {
            outcome = work.get();
            waits = !outcome.toCompletableFuture().isDone();
        } catch (MalformedSpansException e) {
            counters.messageDropped();
            outcome = CompletableFuture.completedFuture(Outcome.Malformed.of(e));
        } catch (NoRoomException e) {
            outcome = CompletableFuture.completedFuture(noRoom(e, counters));
        } finally {
            if (!waits) {
                account.close();
            }
        }
        return waits ? outcome.whenComplete((result, error) -> account.close()) : outcome;
    }

    private Outcome noRoom(NoRoomException e, TransportCounters counters) {
        if (e.isTemporary()) {
            counters.messageRefused();
            return new Outcome.TryLater("Too many spans are on their way to the storage. Try again later.");
        }
        counters.messageDropped();
        return new Outcome.Malformed(
                "The spans would take about " + e.needed() + " bytes of the heap, more than "
                        + BudgetSettings.DECODED_BYTES_NAME + "=" + decoded.limit() + ". Send fewer in a message.",
                true);
    }

    private CompletionStage<Outcome> store(List<Span> spans, TransportCounters counters) {
        if (spans.isEmpty()) {
            return STORED;
        }
        StorageWrite write = new StorageWrite(spans.size(), counters);
        try {
            storage.spanConsumer().accept(spans).enqueue(write);
        } catch (RejectedExecutionException e) {
            counters.spansRefused(spans.size());
            return CompletableFuture.completedFuture(
                    new Outcome.TryLater("The queue of the storage is full. Try again later."));
        } catch (RuntimeException e) {
            write.onError(e);
        }
        return write.outcome();
    }

    private List<Span> sample(List<Span> received, boolean debug, TransportCounters counters) {
        List<Span> kept = sampler.sample(debug ? debugged(received) : received);
        counters.spansDropped(received.size() - kept.size());
        return kept;
    }

    private static List<Span> debugged(List<Span> spans) {
        return spans.stream().map(span -> span.toBuilder().debug(true).build()).toList();
    }
}
