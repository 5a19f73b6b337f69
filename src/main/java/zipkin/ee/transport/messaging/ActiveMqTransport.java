package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.concurrent.ContainerPools;

/** ActiveMQ Classic, by its own resource adapter. */
@SingleInstance
class ActiveMqTransport extends BrokerTransport {
    static final String LABEL = "activemq";
    /** The name that server-config/wildfly/activemq.cli gives it. */
    static final String CONNECTION_FACTORY = "java:/jms/zipkin-activemq";

    private final ActiveMqSettings settings;
    private final BrokerProbe probe;
    private final QueueState state = new QueueState(System::nanoTime);
    private final QueueState otlpState = new QueueState(System::nanoTime);

    @Inject
    ActiveMqTransport(ActiveMqSettings settings, JmsNames names, ContainerPools pools) {
        super(LABEL, settings.enabled(), !settings.url().isEmpty(), "ACTIVEMQ_URL is not set");
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

    String otlpQueueName() {
        return settings.otlpQueue();
    }

    QueueState otlpState() {
        return otlpState;
    }

    @Override
    protected String place() {
        return settings.place();
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
        String waits = QueueState.firstProblem(state, otlpState);
        return waits != null ? waits : probe.problem();
    }
}
