package zipkin.ee.connector;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * What a message-driven bean says of its messages, whatever the broker; all properties are text, as
 * the administrator wrote it.
 */
public abstract class InboundActivation extends IgnoredActivationProperties implements ActivationSpec {
    private @Nullable ResourceAdapter adapter;
    private String active = "true";
    private String deadLetters = "true";
    private String maxBackOff = "30s";

    @Override
    public final @Nullable ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public final void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }

    /**
     * Whether messages are to be taken; for servers that have no switch of their own for a bean's
     * delivery.
     */
    public final boolean isSwitchedOff() {
        return active.equalsIgnoreCase("false");
    }

    public final String getActive() {
        return active;
    }

    public final void setActive(String active) {
        this.active = active;
    }

    public final String getDeadLetters() {
        return deadLetters;
    }

    public final void setDeadLetters(String deadLetters) {
        this.deadLetters = deadLetters;
    }

    public final String getMaxBackOff() {
        return maxBackOff;
    }

    public final void setMaxBackOff(String maxBackOff) {
        this.maxBackOff = maxBackOff;
    }
}
