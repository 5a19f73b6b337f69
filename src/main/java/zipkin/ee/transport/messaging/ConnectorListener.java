package zipkin.ee.transport.messaging;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.MessageListener;
import jakarta.resource.cci.Record;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.MessageIntake;
import zipkin.ee.transport.otlp.OtlpDeliveries;

/**
 * Takes what a resource adapter of our own delivers. There is no transaction: the adapter
 * acknowledges when the storage is done.
 */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public abstract class ConnectorListener implements MessageListener {
    @Inject
    MessageIntake intake;

    @Inject
    OtlpDeliveries deliveries;

    @Inject
    CollectorCounters counters;

    /** The label of the transport. */
    abstract String label();

    @Override
    public Record onMessage(Record messages) throws ResourceException {
        return AnswerRecord.take(messages, intake, deliveries, counters.of(label()));
    }
}
