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
            @ActivationConfigProperty(propertyName = "messageSelector", propertyValue = ActiveMqBean.SWITCH)
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ActiveMqBean extends JmsListener {
    private static final String NOT = "'${MPCONFIG=COLLECTOR_ACTIVEMQ_ENABLED:true}' <> ";

    /**
     * The setting as a message selector, which compares strings exactly: it names every word that
     * the setting allows for false.
     */
    static final String SWITCH =
            NOT + "'false' AND " + NOT + "'False' AND " + NOT + "'FALSE' AND " + NOT + "'off' AND " + NOT + "'Off' AND "
                    + NOT + "'OFF' AND " + NOT + "'no' AND " + NOT + "'No' AND " + NOT + "'NO' AND " + NOT + "'0'";

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
