package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/**
 * Spans from ActiveMQ Classic by its own resource adapter. Bound to it by WEB-INF/jboss-ejb3.xml on
 * WildFly, by what is written here on Payara.
 */
@MessageDriven(
        name = "ActiveMq",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_ACTIVEMQ_ADAPTER:zipkin-kafka}"),
            @ActivationConfigProperty(
                    propertyName = "destination",
                    propertyValue = "${MPCONFIG=ACTIVEMQ_QUEUE:zipkin}"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(
                    propertyName = "maxSessions",
                    propertyValue = "${MPCONFIG=ACTIVEMQ_CONCURRENCY:1}"),
            @ActivationConfigProperty(propertyName = "maximumRedeliveries", propertyValue = "-1"),
            @ActivationConfigProperty(
                    propertyName = "messageSelector",
                    propertyValue = "'${MPCONFIG=COLLECTOR_ACTIVEMQ_ENABLED:true}' <> 'false'")
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ActiveMqBean extends JmsListener {
    @Inject
    ActiveMqTransport transport;

    @Inject
    JmsIntakes intakes;

    @Override
    JmsIntake intake() {
        return intakes.ofSenders(
                ActiveMqTransport.LABEL, ActiveMqTransport.CONNECTION_FACTORY, transport::queueName, transport.state());
    }
}
