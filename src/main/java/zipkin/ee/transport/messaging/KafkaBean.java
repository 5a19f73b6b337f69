package zipkin.ee.transport.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import jakarta.resource.cci.MessageListener;
import jakarta.resource.cci.Record;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.MessageIntake;

/**
 * Spans from Kafka. Bound to its adapter by WEB-INF/jboss-ejb3.xml on WildFly, by what is written
 * here on Payara. There is no transaction: the adapter acknowledges when the storage is done.
 */
@MessageDriven(
        name = "Kafka",
        messageListenerInterface = MessageListener.class,
        activationConfig = {
            @ActivationConfigProperty(propertyName = "resourceAdapter", propertyValue = "zipkin-kafka"),
            @ActivationConfigProperty(
                    propertyName = "active",
                    propertyValue = "${MPCONFIG=COLLECTOR_KAFKA_ENABLED:true}"),
            @ActivationConfigProperty(
                    propertyName = "bootstrapServers",
                    propertyValue = "${MPCONFIG=KAFKA_BOOTSTRAP_SERVERS:}"),
            @ActivationConfigProperty(propertyName = "topic", propertyValue = "${MPCONFIG=KAFKA_TOPIC:zipkin}"),
            @ActivationConfigProperty(propertyName = "groupId", propertyValue = "${MPCONFIG=KAFKA_GROUP_ID:zipkin}"),
            @ActivationConfigProperty(propertyName = "streams", propertyValue = "${MPCONFIG=KAFKA_STREAMS:1}"),
            @ActivationConfigProperty(
                    propertyName = "deadLetters",
                    propertyValue = "${MPCONFIG=KAFKA_DEAD_LETTERS:true}"),
            @ActivationConfigProperty(
                    propertyName = "maxBackOff",
                    propertyValue = "${MPCONFIG=COLLECTOR_MAX_BACKOFF:30s}")
        })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KafkaBean implements MessageListener {
    @Inject
    MessageIntake intake;

    @Inject
    CollectorCounters counters;

    @Override
    public Record onMessage(Record messages) throws ResourceException {
        return AnswerRecord.take(messages, intake, counters.of(KafkaTransport.LABEL));
    }
}
