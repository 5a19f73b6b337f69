package zipkin.ee.transport.messaging;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.PulsarSettings;

@SingleInstance
final class PulsarTransport implements Transport {
    static final String LABEL = "pulsar";

    private final PulsarSettings settings;

    @Inject
    PulsarTransport(PulsarSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled() && !settings.serviceUrl().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_PULSAR_ENABLED=false";
        }
        return enabled() ? settings.place() : "PULSAR_SERVICE_URL is not set";
    }

    @Override
    public boolean redelivers() {
        return true;
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
