package zipkin.ee.connector.rabbitmq;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.List;
import zipkin.ee.connector.Activations;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.InboundAdapter;

/**
 * Takes messages from RabbitMQ and hands them to message-driven beans. Without a broker it loads no
 * class of RabbitMQ's client.
 */
public final class RabbitResourceAdapter extends InboundAdapter {
    @Override
    protected void activate(Activations activations, MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException {
        if (!(spec instanceof RabbitActivationSpec rabbit)) {
            throw new NotSupportedException("Not an activation of RabbitMQ: " + spec);
        }
        if (RabbitConfig.isDormant(rabbit)) {
            activations.start(
                    factory,
                    ConnectorState.register(
                            "rabbitmq",
                            rabbit.isSwitchedOff(RabbitActivationSpec.ENABLED)
                                    ? RabbitActivationSpec.ENABLED + "=false"
                                    : "RABBIT_ADDRESSES and RABBIT_URI are not set"),
                    List.of());
        } else {
            RabbitLoops loops = RabbitLoops.of(RabbitConfig.ofEachQueue(rabbit), factory);
            activations.start(factory, loops.state(), loops.all());
        }
    }
}
