package zipkin.ee.transport.otlp;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.ZipkinSettings;

/** The row of OTLP/HTTP on the start-up screen. The journal is that of the other HTTP intake. */
@SingleInstance
final class OtlpTransport implements Transport {
    static final String LABEL = "otlp/http";

    private final ZipkinSettings settings;

    @Inject
    OtlpTransport(ZipkinSettings settings) {
        this.settings = settings;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.takesOtlp();
    }

    @Override
    public String detail() {
        if (!enabled()) {
            return whyDisabled(settings);
        }
        String discarded = String.join(" and ", settings.otlp().discarded());
        return "POST /v1/traces" + (discarded.isEmpty() ? "" : "; " + discarded + " are accepted and discarded");
    }

    /** The setting that switches OTLP off. */
    static String whyDisabled(ZipkinSettings settings) {
        return settings.httpIntake().enabled() ? "COLLECTOR_OTLP_ENABLED=false" : "COLLECTOR_HTTP_ENABLED=false";
    }
}
