package zipkin.ee.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer whose messages all in-sync brokers have before they count as sent. Thread safe. */
final class KafkaOutlet implements AutoCloseable {
    private static final long LIMIT_SECONDS = 40;
    private static final int MEBIBYTE = 1 << 20;

    private final String address;
    private final KafkaOverrides overrides;
    private final Producer<byte[], byte[]> producer;

    KafkaOutlet(String address, KafkaOverrides overrides, Producer<byte[], byte[]> producer) {
        this.address = address;
        this.overrides = overrides;
        this.producer = producer;
    }

    /** @throws IllegalStateException for properties that the client refuses */
    static KafkaOutlet open(String address) {
        KafkaOverrides overrides = KafkaOverrides.ofForwarder();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Kafka loads classes by name through the context class loader, which its own thread
        // inherits.
        thread.setContextClassLoader(KafkaOutlet.class.getClassLoader());
        try {
            return new KafkaOutlet(
                    address,
                    overrides,
                    new KafkaProducer<>(
                            properties(address, overrides), new ByteArraySerializer(), new ByteArraySerializer()));
        } catch (KafkaException e) {
            throw new IllegalStateException(overrides.masked(KafkaErrors.text(e)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static Map<String, Object> properties(String address, KafkaOverrides overrides) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32 * MEBIBYTE);
        properties.putAll(overrides.values());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        return properties;
    }

    String address() {
        return address;
    }

    /** As {@link zipkin.ee.connector.SenderMBean#send} has it. */
    void send(String topic, byte[][] messages) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        List<Future<?>> sent = new ArrayList<>(messages.length);
        try {
            for (byte[] message : messages) {
                sent.add(producer.send(new ProducerRecord<>(topic, message)));
            }
            for (Future<?> future : sent) {
                future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException | IllegalStateException | TimeoutException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is being stopped");
        }
    }

    /** Without Kafka's exceptions, whose classes the application does not have. */
    private RuntimeException refused(Throwable failure) {
        String text = overrides.masked(KafkaErrors.text(failure));
        return failure instanceof RecordTooLargeException
                ? new IllegalArgumentException(text)
                : new IllegalStateException(text);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
