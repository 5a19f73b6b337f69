package zipkin.ee.connector.kafka;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.Activations;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;

/** Takes messages from Kafka and hands them to message-driven beans. Without brokers in its activation it has no thread and loads none of Kafka's classes. */
public final class KafkaResourceAdapter implements ResourceAdapter {
    private @Nullable Activations activations;

    @Override
    public void start(BootstrapContext context) {
        activations = new Activations(context);
    }

    @Override
    public void stop() {
        if (activations != null) {
            activations.stopAll();
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (activations == null) {
            throw new ResourceException("The adapter was not started");
        }
        if (!(spec instanceof KafkaActivationSpec kafka)) {
            throw new NotSupportedException("Not an activation of Kafka: " + spec);
        }
        ConsumerSettings settings = ConsumerSettings.of(kafka);
        ConnectorState state = ConnectorState.register("kafka", "KAFKA_BOOTSTRAP_SERVERS is not set");
        activations.start(
                factory,
                state,
                settings.bootstrapServers().isEmpty()
                        ? List.of()
                        : KafkaLoops.of(settings, new Endpoint(factory), state));
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        if (activations != null) {
            activations.stop(factory);
        }
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
