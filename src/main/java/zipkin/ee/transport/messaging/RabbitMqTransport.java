package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.config.RabbitMqSettings;

@SingleInstance
final class RabbitMqTransport extends BrokerTransport {
    static final String LABEL = "rabbitmq";

    private final RabbitMqSettings settings;

    @Inject
    RabbitMqTransport(RabbitMqSettings settings) {
        super(LABEL, settings.enabled(), !settings.place().isEmpty(), "RABBIT_ADDRESSES and RABBIT_URI are not set");
        this.settings = settings;
    }

    @Override
    protected String place() {
        return "queue " + settings.queue() + " of " + settings.place();
    }

    @Override
    public String component() {
        return "RabbitMQCollector{addresses=[" + settings.place() + "], queue=" + settings.queue() + "}";
    }

    @Override
    public @Nullable String problem() {
        return Connectors.problem(LABEL);
    }
}
