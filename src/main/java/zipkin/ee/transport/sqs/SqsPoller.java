package zipkin.ee.transport.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsException;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.text.SafeLogger;

/**
 * Polls, stores and deletes, one poll after the other, on a thread of its own. A message is deleted
 * once its spans are stored, or once it is a dead letter with its reason; while the storage takes
 * its time it is kept hidden, and what could not be stored comes again after a pause.
 */
final class SqsPoller implements Runnable {
    private static final Logger LOGGER = SafeLogger.of(SqsPoller.class.getName());
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final SqsIntake intake;
    private final SqsQueue queue;
    private final Collector collector;
    private final MessageIntake messages;
    private final TransportCounters counters;
    private long pauseMillis;
    private int visibilitySeconds;
    private @Nullable SqsQueue deadLetters;

    SqsPoller(
            SqsIntake intake, SqsQueue queue, Collector collector, MessageIntake messages, TransportCounters counters) {
        this.intake = intake;
        this.queue = queue;
        this.collector = collector;
        this.messages = messages;
        this.counters = counters;
        this.pauseMillis = FIRST_PAUSE.toMillis();
    }

    @Override
    public void run() {
        while (!intake.isStopped()) {
            try {
                if (visibilitySeconds == 0) {
                    learn();
                }
                String problem = poll();
                if (problem == null) {
                    intake.problems().works(this);
                    pauseMillis = FIRST_PAUSE.toMillis();
                    continue;
                }
                intake.problems().waits(this, problem);
                // AwsException among others: a poller goes on whatever happens
            } catch (RuntimeException e) {
                if (intake.isStopped()) {
                    return;
                }
                LOGGER.log(e instanceof AwsException ? Level.DEBUG : Level.WARNING, "A poll of SQS failed", e);
                intake.problems().waits(this, String.valueOf(e.getMessage()));
            }
            pause();
        }
    }

    private void pause() {
        intake.awaitStop(pauseMillis);
        pauseMillis = Math.min(intake.maxPauseMillis(), pauseMillis * 2);
    }

    /** How long messages are hidden, and where those go that cannot be read. */
    private void learn() {
        SqsQueue.Attributes attributes = queue.attributes();
        deadLetters = intake.deadLetters(queue.redriveTarget(attributes.redrivePolicy()));
        String visibility = attributes.visibilityTimeout();
        visibilitySeconds =
                visibility.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(visibility) : DEFAULT_VISIBILITY_SECONDS;
    }

    private record Running(SqsQueue.Message message, CompletionStage<Outcome> outcome) {}

    /** Why messages have to come again; null when all is well. */
    private @Nullable String poll() {
        List<Running> running = new ArrayList<>();
        for (SqsQueue.Message message : queue.receive(intake.maxMessages(), intake.waitSeconds())) {
            running.add(new Running(message, take(message.body())));
        }
        String problem = null;
        for (int i = 0; i < running.size(); i++) {
            SqsQueue.Message message = running.get(i).message();
            Outcome outcome = await(running.subList(i, running.size()));
            if (outcome instanceof Outcome.Malformed malformed) {
                bury(message, malformed.reason());
            } else if (outcome instanceof Outcome.TryLater later) {
                problem = later.reason();
                queue.hide(message, (int) Math.max(1, pauseMillis / 1000));
            } else {
                queue.delete(message);
            }
        }
        return problem;
    }

    private CompletionStage<Outcome> take(String body) {
        byte[] bytes;
        try {
            // Zipkin's sender writes JSON as it is and everything else in base64.
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

    /** The outcome of the first; all are kept hidden meanwhile. */
    private Outcome await(List<Running> running) {
        return messages.await(
                running.get(0).outcome(),
                Duration.ofSeconds(visibilitySeconds).dividedBy(2),
                () -> running.forEach(each -> queue.hide(each.message(), visibilitySeconds)));
    }

    private void bury(SqsQueue.Message message, String reason) {
        SqsQueue target = deadLetters;
        if (target == null) {
            intake.deadLetterLog().add("is deleted, since there is no SQS_DEAD_LETTER_QUEUE_URL", reason);
        } else {
            target.send(message.body().isEmpty() ? " " : message.body(), reason);
            intake.deadLetterLog().add("is in the dead-letter queue", reason);
        }
        queue.delete(message);
    }
}
