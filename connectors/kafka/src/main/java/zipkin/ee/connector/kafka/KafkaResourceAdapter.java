package zipkin.ee.connector.kafka;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.List;
import zipkin.ee.connector.Activations;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.InboundAdapter;

/**
 * Takes messages from Kafka and hands them to message-driven beans; sends some for the application.
 * Without brokers in its activation it has no thread and loads none of Kafka's classes.
 */
public final class KafkaResourceAdapter extends InboundAdapter {
    private final KafkaSender sender = new KafkaSender();

    @Override
    protected void started() {
        sender.register();
    }

    @Override
    protected void stopping() {
        sender.close();
    }

    @Override
    protected void activate(Activations activations, MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException {
        if (!(spec instanceof KafkaActivationSpec kafka)) {
            throw new NotSupportedException("Not an activation of Kafka: " + spec);
        }
        ConsumerSettings settings = ConsumerSettings.of(kafka);
        boolean off = kafka.isSwitchedOff(KafkaActivationSpec.ENABLED);
        ConnectorState state = ConnectorState.register(
                "kafka", off ? KafkaActivationSpec.ENABLED + "=false" : "KAFKA_BOOTSTRAP_SERVERS is not set");
        activations.start(
                factory,
                state,
                off || settings.bootstrapServers().isEmpty()
                        ? List.of()
                        : KafkaLoops.of(settings, new Endpoint(factory), state));
    }
}
