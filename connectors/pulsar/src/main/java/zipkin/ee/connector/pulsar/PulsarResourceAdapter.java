package zipkin.ee.connector.pulsar;

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
 * Takes messages from Pulsar and hands them to message-driven beans. Without a service URL in its
 * activation it has no thread and loads none of Pulsar's classes.
 */
public final class PulsarResourceAdapter extends InboundAdapter {
    @Override
    protected void activate(Activations activations, MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException {
        if (!(spec instanceof PulsarActivationSpec pulsar)) {
            throw new NotSupportedException("Not an activation of Pulsar: " + spec);
        }
        List<SubscriptionSettings> topics = SubscriptionSettings.ofEachTopic(pulsar);
        boolean off = pulsar.isSwitchedOff(PulsarActivationSpec.ENABLED);
        ConnectorState state = ConnectorState.register(
                "pulsar", off ? PulsarActivationSpec.ENABLED + "=false" : "PULSAR_SERVICE_URL is not set");
        activations.start(
                factory,
                state,
                off || pulsar.getServiceUrl().isEmpty()
                        ? List.of()
                        : PulsarLoops.of(topics, new Endpoint(factory), state));
    }
}
