package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.resource.cci.MessageListener;

/**
 * Spans from Pulsar. Where its adapter is not installed, which ZIPKIN_PULSAR_ADAPTER says, it is
 * bound to Kafka's and stays idle.
 */
@MessageDriven(
        name = "Pulsar",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_PULSAR_ADAPTER:zipkin-kafka}"),
            @ActivationConfigProperty(
                    propertyName = "active",
                    propertyValue = "${MPCONFIG=COLLECTOR_PULSAR_ENABLED:true}"),
            @ActivationConfigProperty(propertyName = "serviceUrl", propertyValue = "${MPCONFIG=PULSAR_SERVICE_URL:}"),
            @ActivationConfigProperty(propertyName = "topic", propertyValue = "${MPCONFIG=PULSAR_TOPIC:zipkin}"),
            @ActivationConfigProperty(propertyName = "otlpTopic", propertyValue = "${MPCONFIG=PULSAR_OTLP_TOPIC:}"),
            @ActivationConfigProperty(
                    propertyName = "subscriptionName",
                    propertyValue = "${MPCONFIG=PULSAR_SUBSCRIPTION_NAME:zipkin}"),
            @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "${MPCONFIG=PULSAR_CONCURRENCY:1}"),
            @ActivationConfigProperty(
                    propertyName = "deadLetters",
                    propertyValue = "${MPCONFIG=PULSAR_DEAD_LETTERS:true}"),
            @ActivationConfigProperty(
                    propertyName = "maxBackOff",
                    propertyValue = "${MPCONFIG=COLLECTOR_MAX_BACKOFF:30s}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PulsarBean extends ConnectorListener {
    @Override
    String label() {
        return ConnectorTransports.PULSAR;
    }
}
