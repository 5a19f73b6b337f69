package zipkin.ee.transport.messaging;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/** Spans from ActiveMQ Classic by its own resource adapter. Bound to it by WEB-INF/jboss-ejb3.xml. */
@MessageDriven(name = "ActiveMq", messageListenerInterface = MessageListener.class)
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
