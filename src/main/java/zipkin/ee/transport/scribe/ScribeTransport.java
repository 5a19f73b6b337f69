package zipkin.ee.transport.scribe;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.ScribeSettings;

@SingleInstance
final class ScribeTransport implements Transport {
    static final String LABEL = "scribe";

    private final ScribeSettings settings;

    @Inject
    ScribeTransport(ScribeSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled();
    }

    @Override
    public String detail() {
        return settings.enabled()
                ? "port " + settings.port() + ", category " + settings.category()
                : "set COLLECTOR_SCRIBE_ENABLED=true";
    }
}
