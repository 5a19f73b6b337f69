package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/**
 * Spans from the queue of ActiveMQ Classic that holds OTLP. Without ACTIVEMQ_OTLP_QUEUE it is
 * inactive on WildFly, and on Payara its selector matches nothing.
 */
@MessageDriven(
        name = "ActiveMqOtlp",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_ACTIVEMQ_ADAPTER:zipkin-kafka}"),
            @ActivationConfigProperty(
                    propertyName = "destination",
                    propertyValue = "${MPCONFIG=ACTIVEMQ_OTLP_QUEUE:zipkin-otlp}"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(
                    propertyName = "maxSessions",
                    propertyValue = "${MPCONFIG=ACTIVEMQ_CONCURRENCY:1}"),
            @ActivationConfigProperty(propertyName = "maximumRedeliveries", propertyValue = "-1"),
            @ActivationConfigProperty(
                    propertyName = "messageSelector",
                    propertyValue = ActiveMqBean.SWITCH + " AND '-${MPCONFIG=ACTIVEMQ_OTLP_QUEUE:}' <> '-'")
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ActiveMqOtlpBean extends JmsListener {
    @Inject
    ActiveMqTransport transport;

    @Inject
    JmsIntakes intakes;

    @Override
    JmsIntake intake() {
        return intakes.ofOtlpSenders(
                ActiveMqTransport.LABEL,
                ActiveMqTransport.CONNECTION_FACTORY,
                transport::otlpQueueName,
                transport.otlpState());
    }
}
