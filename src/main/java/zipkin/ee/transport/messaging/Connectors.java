package zipkin.ee.transport.messaging;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What the resource adapters tell of themselves by JMX, since the application shares no class with
 * them.
 */
final class Connectors {
    private static final Set<String> WELL = Set.of("RUNNING", "DORMANT");

    private Connectors() {}

    /**
     * Why no messages come, for an operator; null when they do.
     *
     * @param name kafka, rabbitmq
     */
    static @Nullable String problem(String name) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Set<ObjectName> activations =
                    server.queryNames(new ObjectName("zipkin.ee:type=Connector,name=" + name + ",*"), null);
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
