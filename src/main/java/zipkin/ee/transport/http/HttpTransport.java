package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.HttpIntakeSettings;

@SingleInstance
final class HttpTransport implements Transport {
    static final String LABEL = "http";

    private final HttpIntakeSettings settings;

    @Inject
    HttpTransport(HttpIntakeSettings settings) {
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
        return settings.enabled() ? "POST /api/v2/spans and /api/v1/spans" : "COLLECTOR_HTTP_ENABLED=false";
    }
}
