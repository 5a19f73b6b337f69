package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.EncodingDetector;
import zipkin.ee.codec.FlatSpanConsumer;
import zipkin.ee.codec.FlatSpans;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SingleThriftSpan;
import zipkin.ee.codec.SpanReader;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.text.SafeLogger;
import zipkin2.Callback;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.StorageComponent;

/**
 * The only door for transports. Decodes on the caller's thread, samples, and hands the spans to the storage, which stores
 * them on the caller's thread or on a bounded pool. Thread safe.
 */
@SingleInstance
public class Collector {
    private static final Logger LOGGER = SafeLogger.of(Collector.class.getName());
    private static final OutageLog FAILURES = new OutageLog(
            LOGGER,
            "Spans can't be stored; senders are told to try later",
            "Spans can be stored again",
            System::nanoTime);
    private static final CompletionStage<Outcome> STORED = CompletableFuture.completedFuture(Outcome.Stored.INSTANCE);

    private final StorageComponent storage;
    private final @Nullable FlatSpanConsumer flat;
    private final SpanReader reader;
    private final Sampler sampler;

    @Inject
    public Collector(StorageComponent storage, CollectorSettings settings) {
        this.storage = storage;
        this.flat = storage instanceof FlatSpanConsumer consumer ? consumer : null;
        this.reader = new SpanReader();
        this.sampler = new Sampler(settings.sampleRate(), new SpanRate(settings.maxSpansPerSecond(), System::nanoTime));
    }

    /**
     * Takes one message, decompressed and not empty. The caller has counted it with
     * {@link TransportCounters#messageReceived()}.
     *
     * @param counters the transport's
     * @param debug marks every span as debug, which no sampling drops
     * @return completed when the storage is done; never fails
     */
    public CompletionStage<Outcome> accept(
            byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        if (flat != null) {
            return storeFlat(flat, message, encoding, debug, counters, sampler::sample);
        }
        return decode(message, encoding, counters, spans -> {
            List<Span> kept = sample(spans, debug, counters);
            return kept.isEmpty() ? STORED : store(kept, counters);
        });
    }

    /**
     * Takes one message as {@link #accept} does, but hands it to the journal instead of the storage: as it is when sampling keeps all of it,
     * otherwise the spans that it keeps.
     *
     * @return completed when the journal is done; never fails
     */
    public CompletionStage<Outcome> acceptInto(
            Journal journal, byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        return decode(message, encoding, counters, spans -> {
            List<Span> kept = sample(spans, debug, counters);
            if (kept.isEmpty()) {
                return STORED;
            }
            boolean whole = kept.size() == spans.size();
            return (whole
                            ? journal.keep(message, encoding, debug)
                            : journal.keep(SpanBytesEncoder.PROTO3.encodeList(kept), Encoding.PROTO3, debug))
                    .thenApply(outcome -> {
                        if (outcome instanceof Outcome.TryLater) {
                            counters.spansRefused(kept.size());
                        }
                        return outcome;
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
        if (flat != null) {
            return storeFlat(flat, message, encoding, debug, counters, all -> {});
        }
        return decode(
                message,
                encoding,
                counters,
                spans -> spans.isEmpty() ? STORED : store(debug ? debugged(spans) : spans, counters));
    }

    /** Without an object for a span, where the storage wants none. */
    private CompletionStage<Outcome> storeFlat(
            FlatSpanConsumer consumer,
            byte[] message,
            Encoding encoding,
            boolean debug,
            TransportCounters counters,
            Consumer<FlatSpans> sampling) {
        try {
            return reader.readFlat(message, encoding, spans -> {
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
                    FAILURES.failed(e);
                    Write write = new Write(spans.size(), counters);
                    write.onError(e);
                    return write.outcome;
                }
            });
        } catch (MalformedSpansException e) {
            return malformed(e, counters);
        }
    }

    private static CompletionStage<Outcome> malformed(MalformedSpansException e, TransportCounters counters) {
        counters.messageDropped();
        return CompletableFuture.completedFuture(new Outcome.Malformed(reason(e)));
    }

    private CompletionStage<Outcome> decode(
            byte[] message,
            Encoding encoding,
            TransportCounters counters,
            Function<List<Span>, CompletionStage<Outcome>> next) {
        List<Span> spans;
        try {
            spans = reader.read(message, encoding);
        } catch (MalformedSpansException e) {
            return malformed(e, counters);
        }
        counters.spansReceived(spans.size());
        return next.apply(spans);
    }

    /**
     * Takes one message of a broker: its encoding is told by its bytes, it may be empty, and it may be one thrift span without a list. The
     * caller counts nothing.
     *
     * @param counters the transport's
     * @return completed when the storage is done; never fails
     */
    public CompletionStage<Outcome> acceptMessage(byte[] message, TransportCounters counters) {
        counters.messageReceived();
        counters.bytesReceived(message.length);
        if (message.length == 0) {
            return STORED;
        }
        if (SingleThriftSpan.is(message)) {
            return accept(SingleThriftSpan.asList(message), Encoding.THRIFT, false, counters);
        }
        try {
            return accept(message, EncodingDetector.ofListMessage(message), false, counters);
        } catch (MalformedSpansException e) {
            return malformed(e, counters);
        }
    }

    private CompletionStage<Outcome> store(List<Span> spans, TransportCounters counters) {
        Write write = new Write(spans.size(), counters);
        try {
            storage.spanConsumer().accept(spans).enqueue(write);
        } catch (RejectedExecutionException e) {
            counters.spansRefused(spans.size());
            return CompletableFuture.completedFuture(
                    new Outcome.TryLater("The queue of the storage is full. Try again later."));
        } catch (RuntimeException e) {
            write.onError(e);
        }
        return write.outcome;
    }

    private List<Span> sample(List<Span> received, boolean debug, TransportCounters counters) {
        List<Span> spans = debug ? debugged(received) : received;
        if (sampler.keepsAll()) {
            return spans;
        }
        List<Span> kept = new ArrayList<>(spans.size());
        for (Span span : spans) {
            if (sampler.keeps(span)) {
                kept.add(span);
            }
        }
        counters.spansDropped(spans.size() - kept.size());
        return kept;
    }

    private static List<Span> debugged(List<Span> spans) {
        List<Span> result = new ArrayList<>(spans.size());
        for (Span span : spans) {
            result.add(span.toBuilder().debug(true).build());
        }
        return result;
    }

    private static String reason(MalformedSpansException e) {
        String message = e.getMessage();
        return message == null ? "Cannot decode spans" : message;
    }

    /** Turns the end of a write into an outcome. */
    private static final class Write implements Callback<Void> {
        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final int spanCount;
        private final TransportCounters counters;

        Write(int spanCount, TransportCounters counters) {
            this.spanCount = spanCount;
            this.counters = counters;
        }

        @Override
        public void onSuccess(Void ignored) {
            outcome.complete(Outcome.Stored.INSTANCE);
        }

        @Override
        public void onError(Throwable error) {
            if (error instanceof MalformedSpansException malformed) {
                counters.spansDropped(spanCount);
                outcome.complete(new Outcome.Malformed(reason(malformed)));
                return;
            }
            counters.spansRefused(spanCount);
            // A storage that is watched has logged it; the one in this process is not.
            LOGGER.log(Level.DEBUG, "Cannot store spans of a message from " + counters.transport(), error);
            outcome.complete(new Outcome.TryLater("Cannot store the spans now. Try again later."));
        }
    }
}
