package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.collect.TransportStatus;
import zipkin.ee.config.KinesisSettings;

@SingleInstance
final class KinesisTransport extends BrokerTransport {
    static final String LABEL = "kinesis";

    private final KinesisSettings settings;
    private final TransportStatus problems = new TransportStatus();

    @Inject
    KinesisTransport(KinesisSettings settings) {
        super(LABEL, settings.enabled(), !settings.stream().isEmpty(), "KINESIS_STREAM_NAME is not set");
        this.settings = settings;
    }

    TransportStatus problems() {
        return problems;
    }

    @Override
    protected String place() {
        return "stream " + settings.stream() + ", checkpoints in the table " + settings.application();
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
