package zipkin.ee.transport.messaging;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.fault.OutageLog;
import zipkin.ee.text.SafeLogger;

/**
 * What becomes of a JMS message: stored; or a dead letter, when it can't be read; or to be
 * delivered again, after some tries with pauses between them. Thread safe.
 */
class JmsIntake {
    private static final Logger LOGGER = SafeLogger.of(JmsIntake.class.getName());

    /** Has the spans of a message stored, and waits for it. */
    @FunctionalInterface
    interface Store {
        Outcome take(byte[] bytes, Message message) throws JMSException;
    }

    private final Store store;
    private final LongFunction<@Nullable String> sizes;
    private final TransportCounters counters;
    private final DeadLetters deadLetters;
    private final JmsPauses pauses;
    private final QueueState state;
    private final DeadLetterLog deadLetterLog;
    private final OutageLog outage;

    /**
     * @param sizes says why a message of so many bytes is refused, or null
     */
    JmsIntake(
            Store store,
            LongFunction<@Nullable String> sizes,
            TransportCounters counters,
            DeadLetters deadLetters,
            JmsPauses pauses,
            QueueState state) {
        this.store = store;
        this.sizes = sizes;
        this.counters = counters;
        this.deadLetters = deadLetters;
        this.pauses = pauses;
        this.state = state;
        this.deadLetterLog = new DeadLetterLog(LOGGER, counters.transport(), System::nanoTime);
        this.outage = new OutageLog(
                LOGGER,
                "JMS messages can't be taken and will be delivered again",
                "JMS messages can be taken again",
                System::nanoTime);
    }

    /**
     * Takes a message on the thread of a bean's transaction. Throws nothing that a message could
     * cause.
     *
     * @return whether the message may be acknowledged; if not, it has to come again
     */
    boolean take(Message message) {
        try {
            @Nullable String refusal = JmsBytes.refusal(message, sizes);
            if (refusal != null) {
                counters.messageRejected();
                return putAside(message, refusal);
            }
            Outcome outcome = store(message);
            if (outcome instanceof Outcome.Malformed malformed) {
                return putAside(message, malformed.reason());
            }
            return outcome instanceof Outcome.Stored;
        } catch (JMSException | RuntimeException e) {
            outage.failed(e);
            state.waits("A message cannot be taken: " + e.getMessage());
            rest();
            return false;
        } catch (InterruptedException e) {
            // The server is being stopped.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome store(Message message) throws JMSException, InterruptedException {
        byte[] bytes = JmsBytes.of(message);
        for (int i = 0; ; i++) {
            Outcome outcome = store.take(bytes, message);
            if (!(outcome instanceof Outcome.TryLater later)) {
                state.works();
                outage.works();
                return outcome;
            }
            state.waits(later.reason());
            if (i == pauses.count() || !pauses.pause(i)) {
                return outcome;
            }
        }
    }

    private boolean putAside(Message message, String reason) throws JMSException {
        String queue = deadLetters.send(message, reason);
        deadLetterLog.add("goes to the queue " + queue, reason);
        return true;
    }

    /** Before a message that failed in an unusual way comes again. */
    private void rest() {
        try {
            if (!pauses.pause(pauses.count() - 1)) {
                LOGGER.log(Level.DEBUG, "The application is being stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
