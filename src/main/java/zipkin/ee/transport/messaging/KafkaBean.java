package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.resource.cci.MessageListener;

/**
 * Spans from Kafka. Bound to its adapter by WEB-INF/jboss-ejb3.xml on WildFly, by what is written
 * here on Payara.
 */
@MessageDriven(
        name = "Kafka",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "zipkin-kafka"),
            @ActivationConfigProperty(
                    propertyName = "active",
                    propertyValue = "${MPCONFIG=COLLECTOR_KAFKA_ENABLED:true}"),
            @ActivationConfigProperty(
                    propertyName = "bootstrapServers",
                    propertyValue = "${MPCONFIG=KAFKA_BOOTSTRAP_SERVERS:}"),
            @ActivationConfigProperty(propertyName = "topic", propertyValue = "${MPCONFIG=KAFKA_TOPIC:zipkin}"),
            @ActivationConfigProperty(propertyName = "otlpTopic", propertyValue = "${MPCONFIG=KAFKA_OTLP_TOPIC:}"),
            @ActivationConfigProperty(propertyName = "groupId", propertyValue = "${MPCONFIG=KAFKA_GROUP_ID:zipkin}"),
            @ActivationConfigProperty(propertyName = "streams", propertyValue = "${MPCONFIG=KAFKA_STREAMS:1}"),
            @ActivationConfigProperty(
                    propertyName = "deadLetters",
                    propertyValue = "${MPCONFIG=KAFKA_DEAD_LETTERS:true}"),
            @ActivationConfigProperty(
                    propertyName = "maxBackOff",
                    propertyValue = "${MPCONFIG=COLLECTOR_MAX_BACKOFF:30s}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KafkaBean extends ConnectorListener {
    @Override
    String label() {
        return ConnectorTransports.KAFKA;
    }
}
