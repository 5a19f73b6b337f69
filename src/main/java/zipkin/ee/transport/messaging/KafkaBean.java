package zipkin.ee.transport.messaging;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.MessageListener;
import jakarta.resource.cci.Record;
import zipkin.ee.collect.CollectorCounters;

/**
 * Spans from Kafka. Bound to its adapter by WEB-INF/jboss-ejb3.xml. There is no transaction: the adapter acknowledges when the
 * storage is done.
 */
@MessageDriven(name = "Kafka", messageListenerInterface = MessageListener.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KafkaBean implements MessageListener {
    @Inject
    MessageIntake intake;

    @Inject
    CollectorCounters counters;

    @Override
    public Record onMessage(Record messages) throws ResourceException {
        return intake.take(messages, counters.of(KafkaTransport.LABEL));
    }
}
