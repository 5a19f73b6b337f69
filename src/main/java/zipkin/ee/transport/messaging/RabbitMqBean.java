package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.resource.cci.MessageListener;

/**
 * Spans from RabbitMQ. Bound to its adapter by WEB-INF/jboss-ejb3.xml on WildFly, by what is
 * written here on Payara.
 */
@MessageDriven(
        name = "RabbitMq",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "zipkin-rabbitmq"),
            @ActivationConfigProperty(
                    propertyName = "active",
                    propertyValue = "${MPCONFIG=COLLECTOR_RABBITMQ_ENABLED:true}"),
            @ActivationConfigProperty(propertyName = "addresses", propertyValue = "${MPCONFIG=RABBIT_ADDRESSES:}"),
            @ActivationConfigProperty(propertyName = "user", propertyValue = "${MPCONFIG=RABBIT_USER:guest}"),
            @ActivationConfigProperty(
                    propertyName = "virtualHost",
                    propertyValue = "${MPCONFIG=RABBIT_VIRTUAL_HOST:/}"),
            @ActivationConfigProperty(propertyName = "queue", propertyValue = "${MPCONFIG=RABBIT_QUEUE:zipkin}"),
            @ActivationConfigProperty(propertyName = "otlpQueue", propertyValue = "${MPCONFIG=RABBIT_OTLP_QUEUE:}"),
            @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "${MPCONFIG=RABBIT_CONCURRENCY:1}"),
            @ActivationConfigProperty(propertyName = "prefetch", propertyValue = "${MPCONFIG=RABBIT_PREFETCH:500}"),
            @ActivationConfigProperty(propertyName = "useSsl", propertyValue = "${MPCONFIG=RABBIT_USE_SSL:false}"),
            @ActivationConfigProperty(
                    propertyName = "connectionTimeout",
                    propertyValue = "${MPCONFIG=RABBIT_CONNECTION_TIMEOUT:60000}"),
            @ActivationConfigProperty(
                    propertyName = "deadLetters",
                    propertyValue = "${MPCONFIG=RABBIT_DEAD_LETTERS:true}"),
            @ActivationConfigProperty(
                    propertyName = "maxBackOff",
                    propertyValue = "${MPCONFIG=COLLECTOR_MAX_BACKOFF:30s}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RabbitMqBean extends ConnectorListener {
    @Override
    String label() {
        return ConnectorTransports.RABBITMQ;
    }
}
