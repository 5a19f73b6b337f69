package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.config.CollectorSettings;

/** Takes messages of brokers and waits, on the caller's thread and within COLLECTOR_MESSAGE_TIMEOUT, until their spans are stored. */
@SingleInstance
public class MessageIntake {
    private final Collector collector;
    private final long timeoutNanos;
    private final int window;

    @Inject
    public MessageIntake(Collector collector, CollectorSettings settings) {
        this.collector = collector;
        this.timeoutNanos = settings.messageTimeout().toNanos();
        // So that one poll does not fill the storage's queue, which other transports need too.
        this.window = Math.max(1, settings.queueSize() / 2);
    }

    /** One message. */
    public Outcome take(byte[] message, TransportCounters counters) {
        return await(
                collector.acceptMessage(message, counters).toCompletableFuture(), System.nanoTime() + timeoutNanos);
    }

    /** One message of the journal, which was sampled and counted when it came. */
    public Outcome takeJournaled(byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        return await(
                collector.acceptJournaled(message, encoding, debug, counters).toCompletableFuture(),
                System.nanoTime() + timeoutNanos);
    }

    /**
     * Some messages, of which no more are under way at a time than half of the storage's queue holds.
     *
     * @return an outcome for each, in order
     */
    public List<Outcome> takeAll(List<byte[]> messages, TransportCounters counters) {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        List<CompletableFuture<Outcome>> running = new ArrayList<>(messages.size());
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        for (byte[] message : messages) {
            if (running.size() - outcomes.size() >= window) {
                outcomes.add(await(running.get(outcomes.size()), deadlineNanos));
            }
            running.add(collector.acceptMessage(message, counters).toCompletableFuture());
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
