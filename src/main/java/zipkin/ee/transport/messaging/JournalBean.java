package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/**
 * What the journal of the HTTP intake kept, on its way to the storage. Always from the server's own
 * broker.
 */
@MessageDriven(
        name = "Journal",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "resourceAdapter",
                    propertyValue = "${MPCONFIG=ZIPKIN_JOURNAL_ADAPTER:jmsra}"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/queue/zipkin-journal"),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(
                    propertyName = "endpointPoolMaxSize",
                    propertyValue = "${MPCONFIG=COLLECTOR_CONCURRENCY:8}"),
            @ActivationConfigProperty(
                    propertyName = "endpointExceptionRedeliveryAttempts",
                    propertyValue = "2147483647"),
            @ActivationConfigProperty(propertyName = "endpointExceptionRedeliveryInterval", propertyValue = "1000")
        })
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class JournalBean extends JmsListener {
    @Inject
    JmsJournal journal;

    @Inject
    JmsIntakes intakes;

    @Override
    JmsIntake intake() {
        return intakes.ofJournal(JmsJournal.CONNECTION_FACTORY, journal.stored());
    }
}
