package zipkin.ee.connector.rabbitmq;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

/** The adapter in a simulated container, with one bean, and its state as JMX shows it. */
final class AdapterFixture implements AutoCloseable {
    final SimulatedContainer container = new SimulatedContainer();
    RabbitActivationSpec spec = newSpec();
    private final RabbitResourceAdapter adapter = new RabbitResourceAdapter();
    private @Nullable MessageEndpointFactory active;

    AdapterFixture() {
        adapter.start(container.bootstrapContext());
    }

    /** One without a broker, which tries again soon. */
    static RabbitActivationSpec newSpec() {
        RabbitActivationSpec spec = new RabbitActivationSpec();
        spec.setMaxBackOff("200ms");
        return spec;
    }

    void activate() throws ResourceException {
        MessageEndpointFactory factory = container.endpointFactory();
        adapter.endpointActivation(factory, spec);
        active = factory;
    }

    void deactivate() {
        MessageEndpointFactory factory = active;
        if (factory != null) {
            adapter.endpointDeactivation(factory, spec);
        }
    }

    /** The texts of all messages that the bean was called with, again and again. */
    List<String> delivered() {
        return container.deliveries().stream()
                .flatMap(List::stream)
                .map(String::new)
                .toList();
    }

    String awaitState(String state) {
        Await.value("state " + state + " instead of " + attribute("Detail"), () -> attribute("State"), state::equals);
        return attribute("Detail");
    }

    String awaitDetail(Predicate<String> wanted) {
        return Await.value("detail", () -> attribute("Detail"), wanted);
    }

    /** Of the one activation there is. */
    static String attribute(String name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            Set<ObjectName> names = server.queryNames(new ObjectName("zipkin.ee:type=Connector,name=rabbitmq,*"), null);
            for (ObjectName found : names) {
                return String.valueOf(server.getAttribute(found, name));
            }
            return "none";
        } catch (JMException e) {
            return "none";
        }
    }

    @Override
    public void close() {
        adapter.stop();
        container.close();
    }
}
