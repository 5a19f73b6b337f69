package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.IndexedRecord;
import jakarta.resource.cci.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.config.CollectorSettings;

/** Takes messages of brokers and waits, on the caller's thread and within COLLECTOR_MESSAGE_TIMEOUT, until their spans are stored. */
@SingleInstance
public class MessageIntake {
    private final Collector collector;
    private final long timeoutNanos;
    private final int window;

    @Inject
    MessageIntake(Collector collector, CollectorSettings settings) {
        this.collector = collector;
        this.timeoutNanos = settings.messageTimeout().toNanos();
        // So that one poll does not fill the storage's queue, which other transports need too.
        this.window = Math.max(1, settings.queueSize() / 2);
    }

    /** One message. */
    Outcome take(byte[] message, TransportCounters counters) {
        return await(
                collector.acceptMessage(message, counters).toCompletableFuture(), System.nanoTime() + timeoutNanos);
    }

    /** One message of the journal, which was sampled and counted when it came. */
    Outcome takeJournaled(byte[] message, Encoding encoding, boolean debug, TransportCounters counters) {
        return await(
                collector.acceptJournaled(message, encoding, debug, counters).toCompletableFuture(),
                System.nanoTime() + timeoutNanos);
    }

    /**
     * What an adapter delivers in one call.
     *
     * @param input an {@link IndexedRecord} of byte arrays
     * @return an element for each message, in order: null when it is stored, a String with the reason when it is malformed, a
     *     ResourceException when it should come again
     */
    Record take(Record input, TransportCounters counters) throws ResourceException {
        if (!(input instanceof IndexedRecord) || !(input instanceof List<?> messages)) {
            throw new ResourceException("Expected a list of messages, but received: " + input.getClass());
        }
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        List<CompletableFuture<Outcome>> running = new ArrayList<>(messages.size());
        AnswerRecord answers = new AnswerRecord(messages.size());
        for (Object message : messages) {
            if (running.size() - answers.size() >= window) {
                answers.answer(answer(await(running.get(answers.size()), deadlineNanos)));
            }
            running.add(collector.acceptMessage((byte[]) message, counters).toCompletableFuture());
        }
        while (answers.size() < running.size()) {
            answers.answer(answer(await(running.get(answers.size()), deadlineNanos)));
        }
        return answers;
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

    private static @Nullable Object answer(Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            return malformed.reason();
        }
        if (outcome instanceof Outcome.TryLater later) {
            return new ResourceException(later.reason());
        }
        return null;
    }
}
