package zipkin.ee.transport.http;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Journal;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.HttpIntakeSettings;

@SingleInstance
final class HttpTransport implements Transport {
    static final String LABEL = "http";

    private final HttpIntakeSettings settings;
    private final Journal journal;

    @Inject
    HttpTransport(HttpIntakeSettings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
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
        if (!settings.enabled()) {
            return "COLLECTOR_HTTP_ENABLED=false";
        }
        return "POST /api/v2/spans and /api/v1/spans" + (settings.journal() ? ", journal " + journal.place() : "");
    }

    @Override
    public @Nullable String component() {
        return settings.journal() ? "HttpJournal{" + journal.place() + "}" : null;
    }

    @Override
    public @Nullable String problem() {
        return settings.journal() ? journal.problem() : null;
    }
}
