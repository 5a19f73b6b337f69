package zipkin.ee.transport.sqs;

import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.BrokerTransport;
import zipkin.ee.collect.TransportStatus;

@SingleInstance
final class SqsTransport extends BrokerTransport {
    static final String LABEL = "sqs";

    private final SqsSettings settings;
    private final TransportStatus problems = new TransportStatus();

    @Inject
    SqsTransport(SqsSettings settings) {
        super(LABEL, settings.enabled(), !settings.queues().isEmpty(), "SQS_QUEUE_URL is not set");
        this.settings = settings;
    }

    TransportStatus problems() {
        return problems;
    }

    @Override
    protected String place() {
        int pollers = settings.parallelism();
        return settings.queues().stream()
                        .map(queue -> (queue.otlp() ? "OTLP in " : "") + queue.url())
                        .collect(Collectors.joining(" and "))
                + ", " + pollers + (pollers == 1 ? " poller" : " pollers")
                + (settings.queues().size() == 1 ? "" : " each");
    }

    @Override
    public String component() {
        return "SQSCollector{queueUrl=" + settings.queueUrl() + "}";
    }

    @Override
    public @Nullable String problem() {
        return problems.first();
    }
}
