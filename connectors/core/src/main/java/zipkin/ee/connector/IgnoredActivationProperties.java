package zipkin.ee.connector;

/**
 * Accepts and ignores the activation properties of other adapters. A bean whose adapter is not
 * installed would fail the deployment, so it is bound to an installed one and stays idle: the bean
 * for Pulsar on every server; on Payara, which binds a bean to any adapter, also the beans for JMS
 * when a broker is not installed or the server has no JMS (Payara Micro). Payara logs two warnings
 * for a property without a setter.
 */
public abstract class IgnoredActivationProperties {
    private boolean foreign;

    /** Whether a property belongs to another adapter, and so does the bean. */
    final boolean isForeign() {
        return foreign;
    }

    public final void setDestination(String ignored) {
        foreign = true;
    }

    public final void setDestinationLookup(String ignored) {
        foreign = true;
    }

    public final void setDestinationType(String ignored) {
        foreign = true;
    }

    public final void setMessageSelector(String ignored) {
        foreign = true;
    }

    public final void setMaxSessions(String ignored) {
        foreign = true;
    }

    public final void setMaximumRedeliveries(String ignored) {
        foreign = true;
    }

    public final void setEndpointPoolMaxSize(String ignored) {
        foreign = true;
    }

    public final void setEndpointExceptionRedeliveryAttempts(String ignored) {
        foreign = true;
    }

    public final void setEndpointExceptionRedeliveryInterval(String ignored) {
        foreign = true;
    }

    /** Pulsar's adapter has this property itself and overrides the setter. */
    public void setServiceUrl(String ignored) {
        foreign = true;
    }

    /** Pulsar's adapter has this property itself and overrides the setter. */
    public void setSubscriptionName(String ignored) {
        foreign = true;
    }

    /** Adapters that have this property themselves override the setter. */
    public void setConcurrency(String ignored) {
        foreign = true;
    }
}
