package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.budget.NoRoomException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.DecodedSpans;
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
 * The only door for transports. Counts a message, decodes it on the caller's thread, samples its
 * spans, and hands them to the storage or to a journal. The storage may store on the caller's
 * thread or on a bounded pool. Decoding takes its share of the heap from a budget first, on the
 * account of the message. Thread safe.
 */
@SingleInstance
public class Collector {
    private static final OutageLog FAILURES = new OutageLog(
            SafeLogger.of(Collector.class.getName()),
            "Spans can't be stored; senders must try again later",
            "Spans can be stored again",
            System::nanoTime);

    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.Stored.INSTANCE);

    private final StorageComponent storage;
    private final @Nullable SpanColumnsConsumer columnStorage;
    private final SpanReader reader = new SpanReader();
    private final Sampler sampler;
    private final Budget decoded;
    private final int maxMessageBytes;

    @Inject
    public Collector(StorageComponent storage, CollectorSettings settings, BudgetSettings bounds, Budgets budgets) {
        this.storage = storage;
        this.columnStorage = storage instanceof SpanColumnsConsumer consumer ? consumer : null;
        this.sampler = new Sampler(settings.sampleRate(), new SpanRate(settings.maxSpansPerSecond(), System::nanoTime));
        this.decoded = budgets.create("decoded_bytes", bounds.decodedBytes());
        this.maxMessageBytes = bounds.messageBytes();
    }

    /**
     * Why a broker's message of so many bytes is refused, whatever is in it; null when it is not.
     * For a transport that knows the length before it has the bytes.
     */
    public @Nullable String refusal(long messageBytes) {
        return messageBytes <= maxMessageBytes
                ? null
                : "The message has " + messageBytes + " bytes, more than " + BudgetSettings.MESSAGE_BYTES_NAME + "="
                        + maxMessageBytes;
    }

    /**
     * Takes one message, and closes its account with the outcome, also when this throws.
     *
     * @return completed when the storage or the journal is done; never fails
     */
    public CompletionStage<Outcome> accept(Delivery delivery) {
        TransportCounters counters = delivery.counters();
        Account account = delivery.account();
        counters.messageReceived(delivery.message().length);
        CompletionStage<Outcome> outcome = STORED;
        boolean waits = false;
        try {
            outcome = take(delivery);
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
        Delivery.Format format = delivery.format();
        if (!waits) {
            settle(format, outcome.toCompletableFuture().join());
            return outcome;
        }
        // Keeps the account, but not the message, until the storage is done.
        return outcome.whenComplete((result, error) -> {
            account.close();
            settle(format, result);
        });
    }

    private static void settle(Delivery.Format format, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Stored) {
            format.stored();
        }
    }

    private CompletionStage<Outcome> take(Delivery delivery) {
        byte[] message = delivery.message();
        if (message.length == 0) {
            return STORED;
        }
        String refusal = delivery.isBounded() ? refusal(message.length) : null;
        if (refusal != null) {
            delivery.counters().messageDropped();
            return CompletableFuture.completedFuture(new Outcome.Malformed(refusal, true));
        }
        return delivery.format()
                .read(
                        message,
                        reader,
                        bytes -> delivery.account().require(decoded, bytes),
                        (spans, encoding) -> handOver(spans, encoding, delivery));
    }

    private CompletionStage<Outcome> handOver(DecodedSpans spans, @Nullable Encoding encoding, Delivery delivery) {
        int received = spans.size();
        if (delivery.debug()) {
            spans.markDebug();
        }
        if (!delivery.sampled()) {
            sampler.sample(spans);
        }
        // The encoding of a message that a journal may keep as it is.
        @Nullable Encoding whole = spans.size() == received ? encoding : null;
        Journal journal = delivery.journal();
        if (journal == null ? columnStorage == null : whole == null) {
            makeObjects(spans, delivery.account()); // spans that find no room here are not counted
        }
        delivery.counters().spansReceived(received);
        delivery.counters().spansDropped(received - spans.size());
        if (spans.size() == 0) {
            return STORED;
        }
        if (journal != null) {
            return keep(spans, whole, journal, delivery);
        }
        return columnStorage == null
                ? store(spans.toSpans(), delivery)
                : store(spans.toColumns(), columnStorage, delivery.counters());
    }

    /** Makes an object per span, and then holds no more of the budget than these take. */
    private void makeObjects(DecodedSpans spans, Account account) {
        long bytes = SpanSize.of(spans.toSpans());
        account.giveBack(decoded, Math.max(0, account.held(decoded) - bytes));
    }

    /** Stores without an object per span. */
    private static CompletionStage<Outcome> store(
            SpanColumns spans, SpanColumnsConsumer consumer, TransportCounters counters) {
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
    }

    private CompletionStage<Outcome> store(List<Span> spans, Delivery delivery) {
        delivery.account().keepOnly(decoded); // the message itself is needed no more
        StorageWrite write = new StorageWrite(spans.size(), delivery.counters());
        try {
            storage.spanConsumer().accept(spans).enqueue(write);
        } catch (RejectedExecutionException e) {
            delivery.counters().spansRefused(spans.size());
            return CompletableFuture.completedFuture(
                    new Outcome.TryLater("The queue of the storage is full. Try again later."));
        } catch (RuntimeException e) {
            write.onError(e);
        }
        return write.outcome();
    }

    /** Gives the journal the message if it may be kept as it is, else the spans kept. */
    private CompletionStage<Outcome> keep(
            DecodedSpans spans, @Nullable Encoding whole, Journal journal, Delivery delivery) {
        Account account = delivery.account();
        CompletionStage<Outcome> outcome;
        if (whole != null) {
            account.giveBack(decoded, account.held(decoded));
            outcome = journal.keep(delivery.message(), whole, delivery.debug(), account);
        } else {
            byte[] kept = SpanBytesEncoder.PROTO3.encodeList(spans.toSpans());
            outcome = journal.keep(kept, Encoding.PROTO3, delivery.debug(), account);
        }
        int count = spans.size();
        TransportCounters counters = delivery.counters();
        return outcome.thenApply(result -> {
            if (result instanceof Outcome.TryLater) {
                counters.spansRefused(count);
            }
            return result;
        });
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
}
