package zipkin.ee.connector.rabbitmq;

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

/** Takes messages from RabbitMQ and hands them to message-driven beans. Without a broker it loads no class of RabbitMQ's client. */
public final class RabbitResourceAdapter implements ResourceAdapter {
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
        RabbitActivationSpec rabbit = (RabbitActivationSpec) spec;
        if (RabbitConfig.isDormant(rabbit)) {
            activations.start(
                    factory,
                    ConnectorState.register("rabbitmq", "RABBIT_ADDRESSES and RABBIT_URI are not set"),
                    List.of());
        } else {
            RabbitLoops loops = RabbitLoops.of(RabbitConfig.of(rabbit), factory);
            activations.start(factory, loops.state(), loops.all());
        }
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
