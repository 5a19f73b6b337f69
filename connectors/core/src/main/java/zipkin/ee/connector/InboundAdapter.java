package zipkin.ee.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** An adapter that only takes messages, without transactions: what is the same for every broker. */
public abstract class InboundAdapter implements ResourceAdapter {
    private @Nullable Activations activations;

    /**
     * Starts a bean's loops by {@link Activations#start}; none when no broker is configured, and
     * then without a class of the broker's client.
     *
     * @throws ResourceException for properties that are wrong
     */
    protected abstract void activate(Activations activations, MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException;

    /**
     * For what an adapter has beside activations; makes nothing that loads a class of the broker's
     * client.
     */
    protected void started() {}

    /** Ends what {@link #started} made. */
    protected void stopping() {}

    @Override
    public final void start(BootstrapContext context) {
        activations = new Activations(context);
        started();
    }

    @Override
    public final void stop() {
        stopping();
        if (activations != null) {
            activations.stopAll();
        }
    }

    @Override
    public final void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (activations == null) {
            throw new ResourceException("The adapter was not started");
        }
        if (spec instanceof InboundActivation activation && activation.isForeign()) {
            return;
        }
        activate(activations, factory, spec);
    }

    @Override
    public final void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        if (activations != null) {
            activations.stop(factory);
        }
    }

    @Override
    public final XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
