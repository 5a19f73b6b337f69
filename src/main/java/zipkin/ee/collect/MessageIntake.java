package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.EncodingDetector;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.codec.SingleThriftSpan;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;

/**
 * Takes messages of brokers and waits, on the caller's thread and within COLLECTOR_MESSAGE_TIMEOUT,
 * until their spans are stored.
 */
@SingleInstance
public class MessageIntake {
    /** Decoded spans take up to some ten times the bytes of their message. */
    private static final int WINDOW_SHARE = 16;

    private final Collector collector;
    private final long timeoutNanos;
    private final int window;
    private final long windowBytes;
    private final int maxMessageBytes;

    @Inject
    public MessageIntake(Collector collector, CollectorSettings settings, BudgetSettings bounds) {
        this.collector = collector;
        this.timeoutNanos = settings.messageTimeout().toNanos();
        // So that one poll does not fill the storage's queue, which other transports need too.
        this.window = Math.max(1, settings.queueSize() / 2);
        this.windowBytes = bounds.decodedBytes() / WINDOW_SHARE;
        this.maxMessageBytes = bounds.messageBytes();
    }

    /**
     * Why a message of so many bytes is refused, whatever is in it; null when it is not. For a
     * transport that can ask for the length before it has the bytes.
     */
    public @Nullable String refusal(long messageBytes) {
        return messageBytes <= maxMessageBytes
                ? null
                : "The message has " + messageBytes + " bytes, more than " + BudgetSettings.MESSAGE_BYTES_NAME + "="
                        + maxMessageBytes;
    }

    /**
     * Takes one message without waiting: its encoding is told by its bytes, it may be empty, and it
     * may be one thrift span without a list. The caller counts nothing.
     *
     * @param counters the transport's
     * @return completed when the storage is done; never fails
     */
    public CompletionStage<Outcome> accept(byte[] message, TransportCounters counters) {
        counters.messageReceived();
        counters.bytesReceived(message.length);
        if (message.length == 0) {
            return Collector.STORED;
        }
        String refusal = refusal(message.length);
        if (refusal != null) {
            counters.messageDropped();
            return CompletableFuture.completedFuture(new Outcome.Malformed(refusal, true));
        }
        if (SingleThriftSpan.is(message)) {
            return collector.accept(SingleThriftSpan.asList(message), Encoding.THRIFT, false, counters, new Account());
        }
        Encoding encoding;
        try {
            encoding = EncodingDetector.ofListMessage(message);
        } catch (MalformedSpansException e) {
            counters.messageDropped();
            return CompletableFuture.completedFuture(Outcome.Malformed.of(e));
        }
        return collector.accept(message, encoding, false, counters, new Account());
    }

    /** One message. */
    public Outcome take(byte[] message, TransportCounters counters) {
        return await(accept(message, counters).toCompletableFuture(), System.nanoTime() + timeoutNanos);
    }

    /** One message of the journal, which was sampled and counted when it came. */
    public Outcome takeJournaled(byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        return await(
                collector.acceptJournaled(message, encoding, debug, counters).toCompletableFuture(),
                System.nanoTime() + timeoutNanos);
    }

    /**
     * Some messages, of which no more are under way at a time than half of the storage's queue
     * holds, nor more bytes than a sixteenth of the budget of decoded spans has.
     *
     * @return an outcome for each, in order
     */
    public List<Outcome> takeAll(List<byte[]> messages, TransportCounters counters) {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        List<CompletableFuture<Outcome>> running = new ArrayList<>(messages.size());
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        long runningBytes = 0;
        for (byte[] message : messages) {
            while (running.size() > outcomes.size()
                    && (running.size() - outcomes.size() >= window || runningBytes + message.length > windowBytes)) {
                runningBytes -= messages.get(outcomes.size()).length;
                outcomes.add(await(running.get(outcomes.size()), deadlineNanos));
            }
            runningBytes += message.length;
            running.add(accept(message, counters).toCompletableFuture());
        }
        while (outcomes.size() < running.size()) {
            outcomes.add(await(running.get(outcomes.size()), deadlineNanos));
        }
        return outcomes;
    }

    private static Outcome await(CompletableFuture<Outcome> outcome, long deadlineNanos) {
        try {
            return outcome.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.TryLater("The storage did not store the spans within COLLECTOR_MESSAGE_TIMEOUT.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryLater("The server is being stopped.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The collector never fails", e);
        }
    }
}
