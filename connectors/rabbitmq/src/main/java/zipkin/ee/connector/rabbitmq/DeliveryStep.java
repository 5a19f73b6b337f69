package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.Outcome;
import zipkin.ee.connector.Payload;
import zipkin.ee.connector.SafeLogger;

/** What happens to messages between taking and acknowledging them. Thread safe. */
final class DeliveryStep {
    private static final Logger LOGGER = SafeLogger.of(DeliveryStep.class.getName());

    private final Endpoint endpoint;
    private final ConnectorState state;
    private final @Nullable DeadLetters deadLetters;
    private final RabbitErrors reasons;
    private final boolean otlp;

    /**
     * @param deadLetters null for leaving out what can't be read
     * @param otlp whether the messages are of OTLP
     */
    DeliveryStep(
            Endpoint endpoint,
            ConnectorState state,
            @Nullable DeadLetters deadLetters,
            RabbitErrors reasons,
            boolean otlp) {
        this.endpoint = endpoint;
        this.otlp = otlp;
        this.state = state;
        this.deadLetters = deadLetters;
        this.reasons = reasons;
    }

    /**
     * Messages that must be redelivered.
     *
     * @param reason why
     * @param deliveries in the order in which they came; at least one
     * @param deadLetters whether there are dead letters among them, which the broker does not take
     *     now
     */
    record Rest(String reason, List<Delivery> deliveries, boolean deadLetters) {
        /** Whether giving them back brings one of them nearer to being dropped by its queue. */
        boolean isCounted() {
            return deliveries.stream().anyMatch(Delivery::isCounted);
        }
    }

    /**
     * Hands the messages to the application in one call, then acknowledges those that are stored or
     * are dead letters now.
     *
     * @return null when none has to come again
     */
    @Nullable
    Rest deliver(List<Delivery> taken, Subscription subscription) throws IOException {
        List<Outcome> answers = endpoint.deliver(taken.stream()
                .map(delivery -> new Payload(delivery.body(), otlp))
                .toList());
        state.delivered(answers);
        List<DeadLetters.Letter> letters = new ArrayList<>();
        @Nullable String later = null;
        for (int i = 0; i < answers.size(); i++) {
            Outcome answer = answers.get(i);
            if (answer instanceof Outcome.TryLater tryLater) {
                later = tryLater.reason();
            } else if (answer instanceof Outcome.Malformed malformed) {
                letters.add(new DeadLetters.Letter(taken.get(i), malformed.reason()));
            }
        }
        String failure = letters.isEmpty() ? null : putAside(letters);
        List<Boolean> done = new ArrayList<>(taken.size());
        List<Delivery> rest = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Outcome answer = answers.get(i);
            done.add(answer instanceof Outcome.Stored || (failure == null && answer instanceof Outcome.Malformed));
            if (!done.get(i)) {
                rest.add(taken.get(i));
            }
        }
        subscription.acknowledge(taken, done);
        String reason = failure == null ? later : failure;
        return reason == null ? null : new Rest(reason, rest, failure != null);
    }

    /** Null when they need not come again. */
    private @Nullable String putAside(List<DeadLetters.Letter> letters) {
        if (deadLetters == null) {
            state.unreadable("is dropped, since RABBIT_DEAD_LETTERS=false", reasons(letters));
            return null;
        }
        try {
            deadLetters.send(letters);
            state.unreadable("is in the queue " + deadLetters.queue(), reasons(letters));
            return null;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOGGER.log(Level.DEBUG, "Dead letters can't be sent", e);
            return reasons.ofDeadLetters(e);
        }
    }

    private static List<String> reasons(List<DeadLetters.Letter> letters) {
        return letters.stream().map(DeadLetters.Letter::reason).toList();
    }
}
