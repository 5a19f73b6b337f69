package zipkin.ee.connector.pulsar;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConnectorState.State;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.Outcome;
import zipkin.ee.connector.Payload;
import zipkin.ee.connector.RetryPolicy;
import zipkin.ee.connector.SafeLogger;

/**
 * One consumer: takes messages, hands them over, acknowledges those that are stored or
 * dead-lettered, and asks for redelivery of the others. The client reconnects by itself. A consumer
 * that fails otherwise is closed, and after a back-off a new one is created.
 */
final class PulsarLoop implements ConsumerLoop {
    private static final Logger LOGGER = SafeLogger.of(PulsarLoop.class.getName());
    private static final int MAX_MESSAGES = 500;
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int POLL_MILLIS = 1000;

    private final int part;
    private final SubscriptionSettings settings;
    private final PulsarAccess access;
    private final Endpoint endpoint;
    private final ConnectorState state;
    private final CountDownLatch released = new CountDownLatch(1);
    private final RetryPolicy retries;
    private int batch = MAX_MESSAGES;
    private boolean waiting;
    private int failedConnects;
    private int failedDeliveries;

    /**
     * @param part which of the activation's loops, from 0
     */
    PulsarLoop(int part, SubscriptionSettings settings, PulsarAccess access, Endpoint endpoint, ConnectorState state) {
        this.part = part;
        this.settings = settings;
        this.access = access;
        this.endpoint = endpoint;
        this.state = state;
        this.retries = new RetryPolicy(settings.maxBackOff());
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Pulsar loads classes by name through the context class loader, which its own threads
        // inherit.
        thread.setContextClassLoader(PulsarLoop.class.getClassLoader());
        access.enter();
        try {
            while (!isReleased()) {
                consume();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
        } finally {
            access.leave();
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void release() {
        released.countDown();
    }

    private boolean isReleased() {
        return released.getCount() == 0;
    }

    private void consume() throws InterruptedException {
        try (Consumer<byte[]> consumer = subscribe()) {
            failedConnects = 0;
            while (consumer != null && !isReleased()) {
                List<Message<byte[]>> messages = take(consumer);
                if (!messages.isEmpty()) {
                    deliver(consumer, messages);
                }
                report(consumer, messages.isEmpty());
            }
            // A loop that ended silently would look like an idle one.
        } catch (PulsarClientException | RuntimeException | LinkageError e) {
            if (isReleased()) {
                LOGGER.log(Level.DEBUG, "Failed while it was being stopped", e);
                return;
            }
            boolean expected = e instanceof PulsarClientException;
            String detail = access.masked(settings.place() + ": " + reason(e) + ". Tries again by itself.");
            LOGGER.log(expected ? Level.DEBUG : Level.WARNING, detail, e);
            state.set(part, State.CONNECTING, detail);
            pause(retries.pauseMillis(++failedConnects));
        }
    }

    /** Null when the loop was released before a broker answered. */
    private @Nullable Consumer<byte[]> subscribe() throws PulsarClientException, InterruptedException {
        CompletableFuture<Consumer<byte[]>> subscribing = access.subscribe(settings);
        while (!isReleased()) {
            try {
                return subscribing.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOGGER.log(Level.TRACE, "No broker has answered yet", e);
            } catch (ExecutionException e) {
                throw PulsarClientException.unwrap(e);
            }
        }
        var unused = subscribing.thenCompose(Consumer::closeAsync);
        return null;
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** Takes what is there, in order, without a linger; empty after a second without a message. */
    private List<Message<byte[]>> take(Consumer<byte[]> consumer) throws PulsarClientException {
        List<Message<byte[]>> messages = new ArrayList<>();
        long bytes = 0;
        Message<byte[]> next = consumer.receive(POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (next != null) {
            messages.add(next);
            bytes += next.size();
            next = messages.size() < batch && bytes < MAX_BYTES ? consumer.receive(0, TimeUnit.MILLISECONDS) : null;
        }
        return messages;
    }

    private void deliver(Consumer<byte[]> consumer, List<Message<byte[]>> messages)
            throws PulsarClientException, InterruptedException {
        List<Outcome> answers = endpoint.deliver(messages.stream()
                .map(message -> new Payload(message.getData(), settings.otlp()))
                .toList());
        state.delivered(answers);
        List<PulsarAccess.Letter> letters = new ArrayList<>();
        @Nullable String later = null;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Outcome.Malformed malformed) {
                letters.add(new PulsarAccess.Letter(messages.get(i), malformed.reason()));
            } else if (answers.get(i) instanceof Outcome.TryLater tryLater) {
                later = tryLater.reason();
            }
        }
        String notSent = letters.isEmpty() ? null : deadLetter(letters);
        for (int i = 0; i < answers.size(); i++) {
            boolean again = answers.get(i) instanceof Outcome.TryLater
                    || (answers.get(i) instanceof Outcome.Malformed && notSent != null);
            if (again) {
                consumer.negativeAcknowledge(messages.get(i));
            } else {
                consumer.acknowledge(messages.get(i));
            }
        }
        String problem = notSent == null ? later : notSent;
        if (problem == null) {
            batch = Math.min(MAX_MESSAGES, batch * 2);
            failedDeliveries = 0;
            waiting = false;
        } else {
            batch = Math.max(1, batch / 2);
            waiting = true;
            state.set(part, State.WAITING, problem);
            pause(retries.pauseMillis(++failedDeliveries));
        }
    }

    /** Why dead letters could not be sent and have to come again; null when they are sent. */
    private @Nullable String deadLetter(List<PulsarAccess.Letter> letters) {
        if (!settings.deadLetters()) {
            state.unreadable("is dropped, since PULSAR_DEAD_LETTERS=false", reasons(letters));
            return null;
        }
        try {
            access.sendDeadLetters(settings.deadLetterTopic(), letters);
            state.unreadable("is in the topic " + settings.deadLetterTopic(), reasons(letters));
            return null;
        } catch (PulsarClientException e) {
            LOGGER.log(Level.DEBUG, "Dead letters can't be sent", e);
            return access.masked("Messages that can't be read can't be put into the topic "
                    + settings.deadLetterTopic() + ": " + reason(e)
                    + ". Give the role the right to produce there, or set PULSAR_DEAD_LETTERS=false.");
        }
    }

    private static List<String> reasons(List<PulsarAccess.Letter> letters) {
        return letters.stream().map(PulsarAccess.Letter::reason).toList();
    }

    /**
     * After a failure the loop keeps its state until a message is stored or the subscription has no
     * messages.
     */
    private void report(Consumer<byte[]> consumer, boolean quiet) {
        if (!consumer.isConnected()) {
            state.set(
                    part,
                    State.CONNECTING,
                    "The broker of " + settings.place() + " does not answer. Tries again by itself.");
        } else if (!waiting || quiet) {
            waiting = false;
            state.set(part, State.RUNNING, settings.place());
        }
    }

    private void pause(long millis) throws InterruptedException {
        var unused = released.await(millis, TimeUnit.MILLISECONDS);
    }
}
