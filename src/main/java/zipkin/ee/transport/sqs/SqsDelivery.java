package zipkin.ee.transport.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.sqs.model.Message;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;

/** Has messages stored, and keeps them hidden from other pollers until they are. */
final class SqsDelivery {
    private final Collector collector;
    private final MessageIntake intake;
    private final TransportCounters counters;
    private final SqsQueue queue;

    SqsDelivery(Collector collector, MessageIntake intake, TransportCounters counters, SqsQueue queue) {
        this.collector = collector;
        this.intake = intake;
        this.counters = counters;
        this.queue = queue;
    }

    /** Starts storing all messages of one poll. */
    Running start(Collection<Message> messages, int visibilitySeconds) {
        Queue<Stored> stored = new ArrayDeque<>();
        messages.forEach(message -> stored.add(new Stored(message, store(message.body()))));
        return new Running(stored, visibilitySeconds);
    }

    private record Stored(Message message, CompletionStage<Outcome> outcome) {}

    /** Zipkin's sender writes JSON unmodified and everything else in Base64. */
    private CompletionStage<Outcome> store(String body) {
        byte[] bytes;
        try {
            bytes = body.isEmpty() || body.charAt(0) == '['
                    ? body.getBytes(UTF_8)
                    : Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            counters.messageRejected();
            return CompletableFuture.completedFuture(
                    new Outcome.Malformed("It is neither a list in JSON nor base64: " + e.getMessage()));
        }
        return collector.accept(Delivery.detected(bytes, counters));
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
                return intake.await(
                        stored.element().outcome(),
                        Duration.ofSeconds(visibilitySeconds).dividedBy(2),
                        () -> stored.forEach(each -> queue.hide(each.message(), visibilitySeconds)));
            } finally {
                stored.remove();
            }
        }
    }
}
