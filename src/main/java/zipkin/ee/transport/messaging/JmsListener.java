package zipkin.ee.transport.messaging;

import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Takes one JMS message in a transaction of the container, which acknowledges it when it is
 * committed. Committing comes after storing: when it fails, or the server is killed before, the
 * message is delivered again and stored again, which does not double a span.
 */
public abstract class JmsListener implements MessageListener {
    private static final String TRANSACTION = "java:comp/TransactionSynchronizationRegistry";

    abstract JmsIntake intake();

    @Override
    public void onMessage(Message message) {
        if (!intake().take(message)) {
            rollBack();
        }
    }

    /**
     * Looked up, since WildFly, which has the beans from a complete descriptor, does not look at
     * annotations that inject resources.
     */
    @SuppressWarnings("BanJNDI") // a constant name
    private static void rollBack() {
        try {
            TransactionSynchronizationRegistry transaction = InitialContext.doLookup(TRANSACTION);
            transaction.setRollbackOnly();
        } catch (NamingException e) {
            throw new IllegalStateException(
                    "The application server offers no " + TRANSACTION, e); // which rolls back, too
        }
    }
}
