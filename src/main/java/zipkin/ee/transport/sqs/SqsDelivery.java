package zipkin.ee.transport.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;

/** Has messages stored, and keeps them hidden from other pollers until they are. */
final class SqsDelivery {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Collector collector;
    private final MessageIntake intake;
    private final TransportCounters counters;
    private final SqsQueue queue;
    private final Function<byte[], Delivery> format;

    /**
     * @param format makes a delivery of a message of the queue
     */
    SqsDelivery(
            Collector collector,
            MessageIntake intake,
            TransportCounters counters,
            SqsQueue queue,
            Function<byte[], Delivery> format) {
        this.collector = collector;
        this.intake = intake;
        this.counters = counters;
        this.queue = queue;
        this.format = format;
    }

    /** Starts storing all messages of one poll. */
    Running start(Collection<Message> messages, int visibilitySeconds) {
        Queue<Stored> stored = new ArrayDeque<>();
        messages.forEach(message -> stored.add(new Stored(message, store(message.body()))));
        return new Running(stored, visibilitySeconds);
    }

    private record Stored(Message message, CompletionStage<Outcome> outcome) {}

    /** Senders write JSON unmodified and everything else in Base64. */
    private CompletionStage<Outcome> store(String body) {
        byte[] bytes;
        try {
            bytes = isJson(body) ? body.getBytes(UTF_8) : Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            counters.messageRejected();
            return CompletableFuture.completedFuture(
                    new Outcome.Malformed("It is neither JSON nor base64: " + e.getMessage()));
        }
        return collector.accept(format.apply(bytes));
    }

    /** Whether it begins a list or an object in JSON, or is blank. */
    private static boolean isJson(String body) {
        int start = 0;
        while (start < body.length()
                && (Character.isWhitespace(body.charAt(start)) || body.charAt(start) == BYTE_ORDER_MARK)) {
            start++;
        }
        return start == body.length() || body.charAt(start) == '[' || body.charAt(start) == '{';
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
