package zipkin.ee.transport.kinesis;

import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.collect.TransportStatus;

@SingleInstance
final class KinesisTransport extends BrokerTransport {
    static final String LABEL = "kinesis";

    private final KinesisSettings settings;
    private final TransportStatus problems = new TransportStatus();

    @Inject
    KinesisTransport(KinesisSettings settings) {
        super(LABEL, settings.enabled(), !settings.streams().isEmpty(), "KINESIS_STREAM_NAME is not set");
        this.settings = settings;
    }

    TransportStatus problems() {
        return problems;
    }

    @Override
    protected String place() {
        return settings.streams().stream()
                .map(stream -> (stream.otlp() ? "OTLP in stream " : "stream ") + stream.name()
                        + ", checkpoints in the table " + stream.table())
                .collect(Collectors.joining("; "));
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
