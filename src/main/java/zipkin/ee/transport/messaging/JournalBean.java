package zipkin.ee.transport.messaging;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.MessageListener;

/** What the journal of the HTTP intake kept, on its way to the storage. Always from the server's own broker. */
@MessageDriven(name = "Journal", messageListenerInterface = MessageListener.class)
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
