package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Problems;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.KinesisSettings;

@SingleInstance
final class KinesisTransport implements Transport {
    static final String LABEL = "kinesis";

    private final KinesisSettings settings;
    private final Problems problems = new Problems();

    @Inject
    KinesisTransport(KinesisSettings settings) {
        this.settings = settings;
    }

    Problems problems() {
        return problems;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public boolean enabled() {
        return settings.enabled() && !settings.stream().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_KINESIS_ENABLED=false";
        }
        if (settings.stream().isEmpty()) {
            return "KINESIS_STREAM_NAME is not set";
        }
        return "stream " + settings.stream() + ", checkpoints in the table " + settings.application();
    }

    @Override
    public boolean redelivers() {
        return true;
    }

    @Override
    public String component() {
        return "KinesisCollector{streamName=" + settings.stream() + ", appName=" + settings.application() + "}";
    }

    @Override
    public @Nullable String problem() {
        return problems.first();
    }
}
