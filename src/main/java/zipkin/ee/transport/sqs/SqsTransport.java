package zipkin.ee.transport.sqs;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Problems;
import zipkin.ee.collect.Transport;
import zipkin.ee.config.SqsSettings;

@SingleInstance
final class SqsTransport implements Transport {
    static final String LABEL = "sqs";

    private final SqsSettings settings;
    private final Problems problems = new Problems();

    @Inject
    SqsTransport(SqsSettings settings) {
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
        return settings.enabled() && !settings.queueUrl().isEmpty();
    }

    @Override
    public String detail() {
        if (!settings.enabled()) {
            return "COLLECTOR_SQS_ENABLED=false";
        }
        if (settings.queueUrl().isEmpty()) {
            return "SQS_QUEUE_URL is not set";
        }
        int pollers = settings.parallelism();
        return settings.queueUrl() + ", " + pollers + (pollers == 1 ? " poller" : " pollers");
    }

    @Override
    public boolean redelivers() {
        return true;
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
