package zipkin.ee.transport.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.sqs.model.Message;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;

/** Has messages stored, and keeps them hidden from other pollers until they are. */
final class SqsDelivery {
    private final MessageIntake intake;
    private final TransportCounters counters;
    private final Duration timeout;
    private final SqsQueue queue;

    /**
     * @param timeout of storing one message
     */
    SqsDelivery(MessageIntake intake, TransportCounters counters, Duration timeout, SqsQueue queue) {
        this.intake = intake;
        this.counters = counters;
        this.timeout = timeout;
        this.queue = queue;
    }

    /** Starts storing all messages of one poll. */
    Running start(Collection<Message> messages, int visibilitySeconds) {
        Queue<Stored> stored = new ArrayDeque<>();
        messages.forEach(message -> stored.add(new Stored(message, store(message.body()))));
        return new Running(stored, visibilitySeconds);
    }

    private record Stored(Message message, CompletableFuture<Outcome> outcome) {}

    /** Zipkin's sender writes JSON unmodified and everything else in Base64. */
    private CompletableFuture<Outcome> store(String body) {
        byte[] bytes;
        try {
            bytes = body.isEmpty() || body.charAt(0) == '['
                    ? body.getBytes(UTF_8)
                    : Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            counters.messageReceived();
            counters.messageDropped();
            return CompletableFuture.completedFuture(
                    new Outcome.Malformed("It is neither a list in JSON nor base64: " + e.getMessage()));
        }
        return intake.accept(bytes, counters).toCompletableFuture();
    }

    /** The messages of one poll. */
    final class Running {
        private final Queue<Stored> stored;
        private final int visibilitySeconds;

        private Running(Queue<Stored> stored, int visibilitySeconds) {
            this.stored = stored;
            this.visibilitySeconds = visibilitySeconds;
        }

        /** Waits for the next outcome; all messages that are left are kept hidden meanwhile. */
        Outcome next() {
            try {
                return await(stored.element().outcome());
            } finally {
                stored.remove();
            }
        }

        private Outcome await(CompletableFuture<Outcome> outcome) {
            long deadlineNanos = System.nanoTime() + timeout.toNanos();
            while (true) {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    return new Outcome.TryLater(
                            "The storage did not store the spans within COLLECTOR_MESSAGE_TIMEOUT.");
                }
                try {
                    return outcome.get(
                            Math.min(leftNanos, TimeUnit.SECONDS.toNanos(visibilitySeconds) / 2), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    stored.forEach(each -> queue.hide(each.message(), visibilitySeconds));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return new Outcome.TryLater("The server is being stopped.");
                } catch (ExecutionException e) {
                    throw new IllegalStateException("The collector never fails", e);
                }
            }
        }
    }
}
