package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.ActiveMqSettings;

/** ActiveMQ Classic, by its own resource adapter. */
@SingleInstance
class ActiveMqTransport implements Transport {
    static final String LABEL = "activemq";
    /** As server-config/wildfly/activemq.cli names it. */
    static final String CONNECTION_FACTORY = "java:/jms/zipkin-activemq";

    private final ActiveMqSettings settings;
    private final BrokerProbe probe;
    private final QueueState state = new QueueState(System::nanoTime);

    @Inject
    ActiveMqTransport(ActiveMqSettings settings, JmsNames names, ContainerPools pools) {
        this.settings = settings;
        this.probe = new BrokerProbe(
                names,
                CONNECTION_FACTORY,
                session -> session.createTemporaryQueue().delete(),
                pools.pool(1, 1));
    }

    String queueName() {
        return settings.queue();
    }

    QueueState state() {
        return state;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled() && !settings.url().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_ACTIVEMQ_ENABLED=false";
        }
        return enabled() ? settings.place() : "ACTIVEMQ_URL is not set";
    }

    @Override
    public boolean redelivers() {
        return true;
    }

    @Override
    public String component() {
        return "ActiveMQCollector{brokerUrl=" + settings.broker() + ", queue=" + settings.queue() + "}";
    }

    @Override
    public @Nullable String problem() {
        if (!settings.installed()) {
            return "Its resource adapter is not installed: run server-config/wildfly/activemq.cli.";
        }
        String waits = state.problem();
        return waits != null ? waits : probe.problem();
    }
}
