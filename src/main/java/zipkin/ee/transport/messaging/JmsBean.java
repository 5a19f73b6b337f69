package zipkin.ee.transport.messaging;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/** Spans from a JMS queue: the server's own, or one of a remote Artemis. Bound to its adapter by WEB-INF/jboss-ejb3.xml. */
@MessageDriven(name = "Jms", messageListenerInterface = MessageListener.class)
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class JmsBean extends JmsListener {
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
