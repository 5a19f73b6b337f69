package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.RabbitMqSettings;

@SingleInstance
final class RabbitMqTransport implements Transport {
    static final String LABEL = "rabbitmq";

    private final RabbitMqSettings settings;

    @Inject
    RabbitMqTransport(RabbitMqSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled() && !settings.place().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_RABBITMQ_ENABLED=false";
        }
        return enabled()
                ? "queue " + settings.queue() + " of " + settings.place()
                : "RABBIT_ADDRESSES and RABBIT_URI are not set";
    }

    @Override
    public boolean redelivers() {
        return true;
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
