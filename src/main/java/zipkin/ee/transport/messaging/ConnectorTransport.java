package zipkin.ee.transport.messaging;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import zipkin.ee.collect.BrokerTransport;

/**
 * A transport whose messages a resource adapter of our own takes. The adapter reports its state by
 * JMX, since the application shares no class with it.
 */
final class ConnectorTransport extends BrokerTransport {
    private static final Set<String> WELL = Set.of("RUNNING", "DORMANT");

    private final String place;
    private final String component;
    private final @Nullable String missing;

    /**
     * @param label of the transport, and the adapter's name in JMX
     * @param unaddressed which setting is missing when it is not addressed
     * @param component its name in /health
     * @param missing says that the adapter is not installed; null when it is, or may be
     */
    ConnectorTransport(
            String label,
            boolean switchedOn,
            boolean addressed,
            String unaddressed,
            String place,
            String component,
            @Nullable String missing) {
        super(label, switchedOn, addressed, unaddressed);
        this.place = place;
        this.component = component;
        this.missing = missing;
    }

    @Override
    protected String place() {
        return place;
    }

    @Override
    public String component() {
        return component;
    }

    @Override
    public @Nullable String problem() {
        if (missing != null) {
            return missing;
        }
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Set<ObjectName> activations =
                    server.queryNames(new ObjectName("zipkin.ee:type=Connector,name=" + label() + ",*"), null);
            if (activations.isEmpty()) {
                return "Nothing takes its messages: the connectors are not installed"
                        + " (docs/operating/messaging.md), or the delivery of its bean was stopped.";
            }
            for (ObjectName activation : activations) {
                if (!WELL.contains(String.valueOf(server.getAttribute(activation, "State")))) {
                    return String.valueOf(server.getAttribute(activation, "Detail"));
                }
            }
            return null;
        } catch (JMException e) {
            return "The state of its connector cannot be read: " + e;
        }
    }
}
