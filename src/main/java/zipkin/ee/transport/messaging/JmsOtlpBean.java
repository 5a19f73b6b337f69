package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/**
 * Spans from the JMS queue that holds OTLP, of the broker of {@link JmsBean}. Without
 * ZIPKIN_JMS_OTLP_QUEUE it is inactive on WildFly, and on Payara its selector matches nothing.
 */
@MessageDriven(
        name = "JmsOtlp",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_ADAPTER:jmsra}"),
            @ActivationConfigProperty(
                    propertyName = "destinationLookup",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_OTLP_QUEUE:jms/queue/zipkin-otlp}"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(
                    propertyName = "endpointPoolMaxSize",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_CONCURRENCY:4}"),
            @ActivationConfigProperty(
                    propertyName = "messageSelector",
                    propertyValue = JmsBean.SWITCH + " AND '-${MPCONFIG=ZIPKIN_JMS_OTLP_QUEUE:}' <> '-'"),
            @ActivationConfigProperty(
                    propertyName = "endpointExceptionRedeliveryAttempts",
                    propertyValue = "2147483647"),
            @ActivationConfigProperty(propertyName = "endpointExceptionRedeliveryInterval", propertyValue = "1000")
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class JmsOtlpBean extends JmsListener {
    @Inject
    JmsTransport transport;

    @Inject
    JmsIntakes intakes;

    @Override
    JmsIntake intake() {
        return intakes.ofOtlpSenders(
                JmsTransport.LABEL, transport.connectionFactory(), transport::otlpQueueName, transport.otlpState());
    }
}
