package zipkin.ee.connector;

/**
 * Activation properties of other adapters, taken and forgotten. A bean whose adapter is not
 * installed would fail the deployment, so it is bound to one that is, and stays idle: Pulsar's on
 * every server; on Payara, which binds a bean to any adapter, those for JMS too, where a broker is
 * not installed or the server has no JMS at all (Payara Micro). A property without a setter is two
 * warnings in Payara's log.
 */
public abstract class IgnoredActivationProperties {
    private boolean foreign;

    /** Whether the bean is meant for another adapter. */
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

    /** Pulsar's, which its own adapter overrides. */
    public void setServiceUrl(String ignored) {
        foreign = true;
    }

    /** Pulsar's, which its own adapter overrides. */
    public void setSubscriptionName(String ignored) {
        foreign = true;
    }

    /** Of consumers, which adapters with such a property override. */
    public void setConcurrency(String ignored) {
        foreign = true;
    }
}
