package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.config.KafkaSettings;

@SingleInstance
final class KafkaTransport extends BrokerTransport {
    static final String LABEL = "kafka";

    private final KafkaSettings settings;

    @Inject
    KafkaTransport(KafkaSettings settings) {
        super(LABEL, settings.enabled(), !settings.bootstrapServers().isEmpty(), "KAFKA_BOOTSTRAP_SERVERS is not set");
        this.settings = settings;
    }

    @Override
    protected String place() {
        return settings.place();
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
