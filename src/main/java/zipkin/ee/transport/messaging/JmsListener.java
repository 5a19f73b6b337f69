package zipkin.ee.transport.messaging;

import jakarta.annotation.Resource;
import jakarta.ejb.MessageDrivenContext;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Takes one JMS message in a transaction of the container, which acknowledges it when it is committed. Committing comes after storing: when it
 * fails, or the server is killed before, the message is delivered again and stored again, which does not double a span.
 */
public abstract class JmsListener implements MessageListener {
    @Resource
    MessageDrivenContext context;

    abstract JmsIntake intake();

    @Override
    public void onMessage(Message message) {
        if (!intake().take(message)) {
            context.setRollbackOnly();
        }
    }
}
