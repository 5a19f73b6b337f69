package zipkin.ee.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients by the activation's properties and the administrator's overrides. */
final class ConfiguredClients implements KafkaClients {
    /** What acknowledging after storing rests on. */
    private static final Map<String, Object> FIXED = Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);

    /** Names of one member of the group, which have to differ between streams. */
    private static final Set<String> NAMES_OF_ONE =
            Set.of(ConsumerConfig.CLIENT_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

    private static final int MEBIBYTE = 1 << 20;

    private final ConsumerSettings settings;
    private final KafkaOverrides overrides;
    private final int stream;

    /**
     * @param stream which of the activation's consumers, from 0
     */
    ConfiguredClients(ConsumerSettings settings, KafkaOverrides overrides, int stream) {
        this.settings = settings;
        this.overrides = overrides;
        this.stream = stream;
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(consumerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Bounds one poll by records and by bytes. A record larger than the byte bound is returned on
     * its own.
     */
    Map<String, Object> consumerProperties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 10 * MEBIBYTE);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MEBIBYTE);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        overrides.values().forEach((name, value) -> properties.put(name, ofStream(name, value)));
        properties.putAll(FIXED);
        return properties;
    }

    private String ofStream(String name, String value) {
        return settings.streams() > 1 && NAMES_OF_ONE.contains(name) ? value + "-" + stream : value;
    }

    /**
     * Creates a producer that reaches the brokers with the consumer's settings. It is not
     * idempotent, because brokers before 2.8 require a further permission for that.
     */
    Map<String, Object> producerProperties() {
        Map<String, Object> properties = new HashMap<>();
        overrides.values().forEach((name, value) -> {
            if (name.matches("(security|sasl|ssl|socket)\\..*|client\\.dns\\.lookup|bootstrap\\.servers")) {
                properties.put(name, value);
            }
        });
        properties.putIfAbsent(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 * MEBIBYTE);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32 * MEBIBYTE);
        return properties;
    }
}
