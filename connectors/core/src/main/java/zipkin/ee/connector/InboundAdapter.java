package zipkin.ee.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** What every adapter for a broker has: it only delivers messages, without transactions. */
public abstract class InboundAdapter implements ResourceAdapter {
    private @Nullable Activations activations;

    /**
     * Starts a bean's loops by {@link Activations#start}. Without a configured broker there is no
     * loop, and no class of the broker's client may be loaded.
     *
     * @throws ResourceException for properties that are not allowed
     */
    protected abstract void activate(Activations activations, MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException;

    /**
     * Starts what an adapter has in addition to activations. It must not load a class of the
     * broker's client.
     */
    protected void started() {}

    /** Stops what {@link #started} started. */
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
