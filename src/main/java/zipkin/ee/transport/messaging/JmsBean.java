package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/**
 * Spans from a JMS queue: the server's own, or one of a remote Artemis. Bound to its adapter by
 * WEB-INF/jboss-ejb3.xml on WildFly, by what is written here on Payara.
 */
@MessageDriven(
        name = "Jms",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_ADAPTER:jmsra}"),
            @ActivationConfigProperty(
                    propertyName = "destinationLookup",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_QUEUE:jms/queue/zipkin}"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(
                    propertyName = "endpointPoolMaxSize",
                    propertyValue = "${MPCONFIG=ZIPKIN_JMS_CONCURRENCY:4}"),
            @ActivationConfigProperty(propertyName = "messageSelector", propertyValue = JmsBean.SWITCH),
            @ActivationConfigProperty(
                    propertyName = "endpointExceptionRedeliveryAttempts",
                    propertyValue = "2147483647"),
            @ActivationConfigProperty(propertyName = "endpointExceptionRedeliveryInterval", propertyValue = "1000")
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class JmsBean extends JmsListener {
    private static final String NOT = "'${MPCONFIG=COLLECTOR_JMS_ENABLED:true}' <> ";

    /**
     * The setting as a message selector, which compares strings exactly: it names every word that
     * the setting allows for false.
     */
    static final String SWITCH =
            NOT + "'false' AND " + NOT + "'False' AND " + NOT + "'FALSE' AND " + NOT + "'off' AND " + NOT + "'Off' AND "
                    + NOT + "'OFF' AND " + NOT + "'no' AND " + NOT + "'No' AND " + NOT + "'NO' AND " + NOT + "'0'";

    @Inject
    JmsTransport transport;

    @Inject
    JmsIntakes intakes;

    @Override
    JmsIntake intake() {
        return intakes.ofSenders(
                JmsTransport.LABEL, transport.connectionFactory(), transport::queueName, transport.state());
    }
}
