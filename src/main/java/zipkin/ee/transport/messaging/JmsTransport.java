package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.concurrent.ContainerPools;

/** A JMS queue of the server, or of a remote Artemis, and a further one that holds OTLP. */
@SingleInstance
class JmsTransport implements Transport {
    static final String LABEL = "jms";

    private final JmsSettings settings;
    private final JmsNames names;
    private final BrokerProbe probe;
    private final QueueState state = new QueueState(System::nanoTime);
    private final QueueState otlpState = new QueueState(System::nanoTime);

    @Inject
    JmsTransport(JmsSettings settings, JmsNames names, ContainerPools pools) {
        this.settings = settings;
        this.names = names;
        this.probe = new BrokerProbe(
                names,
                settings.connectionFactory(),
                session -> {
                    session.createBrowser(names.queue(settings.queue())).close();
                    if (!settings.otlpQueue().isEmpty()) {
                        session.createBrowser(names.queue(settings.otlpQueue())).close();
                    }
                },
                pools.pool(1, 1));
    }

    String connectionFactory() {
        return settings.connectionFactory();
    }

    /** The name that the broker has for the queue. */
    String queueName() throws JMSException {
        return names.queue(settings.queue()).getQueueName();
    }

    QueueState state() {
        return state;
    }

    /** The name that the broker has for the queue of OTLP. */
    String otlpQueueName() throws JMSException {
        return names.queue(settings.otlpQueue()).getQueueName();
    }

    QueueState otlpState() {
        return otlpState;
    }

    @Override
    public String label() {
        return LABEL;
    }

    /** The server's own queue needs no setting: it is enough that server-config made it. */
    @Override
    public boolean enabled() {
        return settings.enabled() && (settings.remote() || queueExists());
    }

    @Override
    public boolean countsFromTheStart() {
        return settings.enabled() && settings.remote();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_JMS_ENABLED=false";
        }
        return enabled()
                ? settings.place()
                : "the server was not made ready for messages (docs/operating/messaging.md)";
    }

    @Override
    public boolean redelivers() {
        return true;
    }

    /** The server's own broker is a part of the server, and not shown before a use or a setting. */
    @Override
    public @Nullable String component() {
        return settings.remote() || state.used() || !settings.otlpQueue().isEmpty()
                ? "JmsCollector{queue=" + settings.queue() + "}"
                : null;
    }

    @Override
    public @Nullable String problem() {
        String waits = QueueState.firstProblem(state, otlpState);
        return waits != null ? waits : probe.problem();
    }

    private boolean queueExists() {
        try {
            names.queue(settings.queue());
            return true;
        } catch (JMSException e) {
            return false;
        }
    }
}
