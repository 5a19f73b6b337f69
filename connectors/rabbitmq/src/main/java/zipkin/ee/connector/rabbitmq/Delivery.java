package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;

/** A message as the broker sent it. */
final class Delivery {
    private final Envelope envelope;
    private final AMQP.BasicProperties properties;
    private final byte[] body;

    Delivery(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        this.envelope = envelope;
        this.properties = properties;
        this.body = body;
    }

    /** What the broker knows it by, on the channel it came from. */
    long tag() {
        return envelope.getDeliveryTag();
    }

    Envelope envelope() {
        return envelope;
    }

    AMQP.BasicProperties properties() {
        return properties;
    }

    byte[] body() {
        return body;
    }

    /**
     * Whether the queue has counted an earlier return of this message, by the header
     * {@code x-delivery-count} of quorum queues. At its {@code delivery-limit}, 20 by default since
     * RabbitMQ 4.0, such a queue drops a message or dead-letters it by itself.
     */
    boolean isCounted() {
        return properties.getHeaders() != null && properties.getHeaders().containsKey("x-delivery-count");
    }
}
