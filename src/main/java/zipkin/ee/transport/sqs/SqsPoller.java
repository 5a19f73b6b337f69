package zipkin.ee.transport.sqs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import zipkin.ee.collect.Outcome;
import zipkin.ee.transport.polled.PollResult;
import zipkin.ee.transport.polled.Poller;

/**
 * Receives, stores and deletes. A message is deleted once its spans are stored, or once it is a
 * dead letter; one that could not be stored is hidden for the pause and then received again.
 */
final class SqsPoller implements Poller {
    private final SqsSettings settings;
    private final SqsQueue queue;
    private final SqsDelivery delivery;
    private final SqsDeadLetters deadLetters;
    private int visibilitySeconds;

    SqsPoller(SqsSettings settings, SqsQueue queue, SqsDelivery delivery, SqsDeadLetters deadLetters) {
        this.settings = settings;
        this.queue = queue;
        this.delivery = delivery;
        this.deadLetters = deadLetters;
    }

    @Override
    public PollResult poll(long backOffMillis) {
        if (visibilitySeconds == 0) {
            deadLetters.resolve(queue);
            visibilitySeconds = queue.visibilitySeconds();
        }
        List<Message> messages = queue.receive(settings.maxMessages(), settings.waitSeconds());
        SqsDelivery.Running running = delivery.start(messages, visibilitySeconds);
        String problem = null;
        for (Message message : messages) {
            Outcome outcome = running.next();
            if (outcome instanceof Outcome.TryLater later) {
                problem = later.reason();
                queue.hide(message, (int) Math.max(1, backOffMillis / 1000));
            } else {
                if (outcome instanceof Outcome.Malformed malformed) {
                    deadLetters.add(message.body(), malformed.reason());
                }
                queue.delete(message);
            }
        }
        return result(problem);
    }

    private static PollResult result(@Nullable String problem) {
        return problem == null ? PollResult.again(0) : PollResult.failed(problem);
    }
}
