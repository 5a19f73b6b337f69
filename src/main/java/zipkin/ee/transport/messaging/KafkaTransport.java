package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.KafkaSettings;

@SingleInstance
final class KafkaTransport implements Transport {
    static final String LABEL = "kafka";

    private final KafkaSettings settings;

    @Inject
    KafkaTransport(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled() && !settings.bootstrapServers().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_KAFKA_ENABLED=false";
        }
        return enabled() ? settings.place() : "KAFKA_BOOTSTRAP_SERVERS is not set";
    }

    @Override
    public boolean redelivers() {
        return true;
    }

    @Override
    public String component() {
        return "KafkaCollector{bootstrapServers=" + settings.bootstrapServers() + ", topic=" + settings.topic() + "}";
    }

    @Override
    public @Nullable String problem() {
        return Connectors.problem(LABEL);
    }
}
