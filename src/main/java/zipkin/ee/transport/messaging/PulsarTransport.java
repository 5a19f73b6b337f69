package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.config.PulsarSettings;

@SingleInstance
final class PulsarTransport extends BrokerTransport {
    static final String LABEL = "pulsar";

    private final PulsarSettings settings;

    @Inject
    PulsarTransport(PulsarSettings settings) {
        super(LABEL, settings.enabled(), !settings.serviceUrl().isEmpty(), "PULSAR_SERVICE_URL is not set");
        this.settings = settings;
    }

    @Override
    protected String place() {
        return settings.place();
    }

    @Override
    public String component() {
        return "PulsarCollector{serviceUrl=" + settings.serviceUrl() + ", topic=" + settings.topic() + "}";
    }

    @Override
    public @Nullable String problem() {
        return settings.installed()
                ? Connectors.problem(LABEL)
                : "Nothing takes its messages: the connector for Pulsar is not installed (docs/operating/pulsar.md).";
    }
}
