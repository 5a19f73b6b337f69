package zipkin.ee.connector.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of one loop; whoever asks closes them. */
interface KafkaClients {
    Consumer<byte[], byte[]> consumer();

    /** One for dead letters. */
    Producer<byte[], byte[]> producer();
}
