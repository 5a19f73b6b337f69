package zipkin.ee.connector;

/**
 * Activation properties of JMS adapters, taken and forgotten. Payara binds a bean to any adapter; where a broker is not installed, or the server has no JMS at
 * all (Payara Micro), the beans for JMS are bound to one of ours and stay idle. A property without a setter is two warnings in Payara's log.
 */
public abstract class JmsProperties {
    public final void setDestination(String ignored) {}

    public final void setDestinationLookup(String ignored) {}

    public final void setDestinationType(String ignored) {}

    public final void setMessageSelector(String ignored) {}

    public final void setMaxSessions(String ignored) {}

    public final void setMaximumRedeliveries(String ignored) {}

    public final void setEndpointPoolMaxSize(String ignored) {}

    public final void setEndpointExceptionRedeliveryAttempts(String ignored) {}

    public final void setEndpointExceptionRedeliveryInterval(String ignored) {}
}
