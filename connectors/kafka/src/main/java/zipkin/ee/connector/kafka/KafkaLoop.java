package zipkin.ee.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.RetryPolicy;
import zipkin.ee.connector.SafeLogger;

/**
 * Runs consumers until it is released. A consumer that fails is closed, and after a back-off
 * another one takes its place.
 */
final class KafkaLoop implements ConsumerLoop {
    private static final Logger LOGGER = SafeLogger.of(KafkaLoop.class.getName());
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ConsumerSettings settings;
    private final KafkaClients clients;
    private final Endpoint endpoint;
    private final ConnectorState state;
    private final int stream;
    private final UnaryOperator<String> masked;
    private final LongSupplier nanoClock;
    private final RetryPolicy retries;
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private int failures;

    /**
     * @param stream which of the activation's loops, from 0
     * @param masked takes secrets out of a text
     */
    KafkaLoop(
            ConsumerSettings settings,
            KafkaClients clients,
            Endpoint endpoint,
            ConnectorState state,
            int stream,
            UnaryOperator<String> masked,
            LongSupplier nanoClock) {
        this.settings = settings;
        this.clients = clients;
        this.endpoint = endpoint;
        this.state = state;
        this.stream = stream;
        this.masked = masked;
        this.nanoClock = nanoClock;
        this.retries = new RetryPolicy(settings.maxBackOff());
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Kafka loads classes by name through the context class loader, which its own threads
        // inherit.
        thread.setContextClassLoader(KafkaLoop.class.getClassLoader());
        try {
            state.starting(stream, "Connecting to " + settings.bootstrapServers() + ".");
            while (!isReleased()) {
                consume();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void release() {
        released.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private boolean isReleased() {
        return released.getCount() == 0;
    }

    private void consume() {
        try (DeadLetters deadLetters = new DeadLetters(clients)) {
            Consumer<byte[], byte[]> consumer = clients.consumer();
            current = consumer;
            try {
                ConsumerSession session = session(consumer, deadLetters);
                run(session);
            } finally {
                current = null;
                close(consumer);
            }
            // A loop that ended silently would look like an idle one.
        } catch (RuntimeException | Error e) {
            rest(e);
        }
    }

    private void run(ConsumerSession session) {
        try {
            session.run();
        } finally {
            if (session.stored()) {
                failures = 0;
            }
        }
    }

    private ConsumerSession session(Consumer<byte[], byte[]> consumer, DeadLetters deadLetters) {
        long now = nanoClock.getAsLong();
        SessionReport report = new SessionReport(settings, state, stream, new BrokerWatch(consumer, now), now);
        return new ConsumerSession(
                settings,
                consumer,
                endpoint,
                settings.deadLetters() ? deadLetters : null,
                report,
                nanoClock,
                this::isReleased);
    }

    /** Leaves the group, so that others take over at once. */
    private static void close(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.close(CLOSE_LIMIT);
        } catch (WakeupException | InterruptException e) {
            LOGGER.log(Level.DEBUG, "Closing the consumer was cut short", e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "The consumer did not close well", e);
        }
    }

    private void rest(Throwable e) {
        if (isReleased()) {
            LOGGER.log(Level.DEBUG, "Failed while it was being stopped", e);
            return;
        }
        KafkaErrors.Failure failure = KafkaErrors.of(e, settings);
        String detail = masked.apply(failure.detail());
        if (!failure.expected()) {
            LOGGER.log(Level.WARNING, detail, e);
        }
        state.set(stream, failure.state(), detail);
        try {
            if (released.await(retries.pauseMillis(++failures), TimeUnit.MILLISECONDS)) {
                LOGGER.log(Level.DEBUG, "Stopped while it waited");
            }
        } catch (InterruptedException interrupted) {
            // The server wants its thread back.
            Thread.currentThread().interrupt();
            released.countDown();
        }
    }
}
