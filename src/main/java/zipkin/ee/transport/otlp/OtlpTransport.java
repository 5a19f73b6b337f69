package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.OtlpSettings;

/** The row of OTLP/HTTP on the start-up screen. The journal is that of the other HTTP intake. */
@SingleInstance
final class OtlpTransport implements Transport {
    static final String LABEL = "otlp/http";

    private final OtlpSettings settings;

    @Inject
    OtlpTransport(OtlpSettings settings) {
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
        if (!enabled()) {
            return settings.offBy();
        }
        String discarded = String.join(" and ", settings.discarded());
        return "POST /v1/traces" + (discarded.isEmpty() ? "" : "; " + discarded + " are accepted and discarded");
    }
}
