package zipkin.ee.connector.pulsar;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.TypedMessageBuilder;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.DeadLetterHeaders;
import zipkin.ee.connector.RetryPolicy;
import zipkin.ee.connector.SafeLogger;

/**
 * The client of an activation, created on first use with one network thread, and its producers of
 * dead letters.
 */
final class SharedClient implements PulsarAccess {
    private static final Logger LOGGER = SafeLogger.of(SharedClient.class.getName());
    private static final long OPERATION_MILLIS = 10_000;
    private static final long CLOSE_SECONDS = 5;
    /** By the names of its configuration, unless overridden. */
    private static final Map<String, Object> CLIENT = Map.of(
            "numIoThreads",
            1,
            "numListenerThreads",
            1,
            "operationTimeoutMs",
            OPERATION_MILLIS,
            "connectionTimeoutMs",
            OPERATION_MILLIS);
    /** By the names of its configuration, unless overridden. */
    private static final Map<String, Object> CONSUMER = Map.of(
            "subscriptionType", "Shared",
            "subscriptionInitialPosition", "Earliest",
            "receiverQueueSize", 500);

    private static final long FIRST_REDELIVERY_MILLIS = 1000;

    private final String serviceUrl;
    private final ClientOverrides overrides;
    private final Map<String, Producer<byte[]>> producers = new HashMap<>();
    private @Nullable PulsarClient client;
    private int loops;

    SharedClient(String serviceUrl, ClientOverrides overrides) {
        this.serviceUrl = serviceUrl;
        this.overrides = overrides;
    }

    private synchronized PulsarClient client() throws PulsarClientException {
        PulsarClient current = client;
        if (current == null || current.isClosed()) {
            Map<String, Object> properties = new HashMap<>(CLIENT);
            properties.putAll(overrides.client());
            current = PulsarClient.builder()
                    .loadConf(properties)
                    .serviceUrl(serviceUrl)
                    .build();
            client = current;
        }
        return current;
    }

    /** Subscribes so that only stored messages are acknowledged, and redelivery backs off. */
    @Override
    public CompletableFuture<Consumer<byte[]>> subscribe(SubscriptionSettings settings) throws PulsarClientException {
        long longestMillis =
                Math.max(FIRST_REDELIVERY_MILLIS, settings.maxBackOff().toMillis());
        RetryPolicy retries = new RetryPolicy(Duration.ofMillis(longestMillis));
        Map<String, Object> properties = new HashMap<>(CONSUMER);
        properties.putAll(overrides.consumer());
        return client().newConsumer()
                .loadConf(properties) // first, since it drops values that are not text
                .topic(settings.topic())
                .subscriptionName(settings.subscription())
                .negativeAckRedeliveryBackoff(redeliveries -> retries.pauseMillis(redeliveries + 1))
                .subscribeAsync();
    }

    @Override
    public synchronized void sendDeadLetters(String topic, List<Letter> letters) throws PulsarClientException {
        Producer<byte[]> current = producers.get(topic);
        if (current == null) {
            current = client().newProducer()
                    .topic(topic)
                    .sendTimeout((int) OPERATION_MILLIS, TimeUnit.MILLISECONDS)
                    .enableBatching(false)
                    .create();
            producers.put(topic, current);
        }
        try {
            for (Letter letter : letters) {
                message(current, letter).send();
            }
        } catch (PulsarClientException e) {
            // Closes the producer: the broker may refuse it permanently, such as after the topic
            // was deleted.
            producers.remove(topic);
            var unused = current.closeAsync();
            throw e;
        }
    }

    /**
     * Copies the message and adds the reason and its origin, by the property names that Pulsar's
     * own clients use.
     */
    private static TypedMessageBuilder<byte[]> message(Producer<byte[]> producer, Letter letter) {
        Message<byte[]> original = letter.message();
        Map<String, String> properties = new HashMap<>(original.getProperties());
        properties.put(DeadLetterHeaders.REASON, DeadLetterHeaders.shortened(letter.reason()));
        properties.put("REAL_TOPIC", original.getTopicName());
        properties.put("ORIGIN_MESSAGE_ID", original.getMessageId().toString());
        TypedMessageBuilder<byte[]> message =
                producer.newMessage().value(original.getData()).properties(properties);
        return original.hasKey() ? message.keyBytes(original.getKeyBytes()) : message;
    }

    @Override
    public synchronized void enter() {
        loops++;
    }

    @Override
    public synchronized void leave() {
        loops--;
        PulsarClient current = client;
        if (loops == 0 && current != null) {
            client = null;
            producers.clear();
            close(current);
        }
    }

    /** Waits a moment for the broker, then closes without it. */
    private static void close(PulsarClient current) {
        try {
            current.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.DEBUG, "The client did not close well", e);
            shutdown(current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            shutdown(current);
        }
    }

    private static void shutdown(PulsarClient current) {
        try {
            current.shutdown();
        } catch (PulsarClientException e) {
            LOGGER.log(Level.DEBUG, "The client did not shut down well", e);
        }
    }

    @Override
    public String masked(String text) {
        return overrides.masked(text);
    }
}
