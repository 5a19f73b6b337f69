package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import java.time.Duration;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.storage.BackgroundTasks;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("otlp-forwarder")
class OtlpForwarderFactory implements StorageFactory {
    /** As they are posted by http-forwarder; OpenTelemetry's exporters send up to 512. */
    private static final int COMBINED_SPANS = 1000;

    private static final Duration REPORT_PAUSE = Duration.ofSeconds(10);

    private final OtlpForwarderSettings settings;
    private final ForwardingPath path;
    private final BackgroundTasks tasks;

    @Inject
    OtlpForwarderFactory(OtlpForwarderSettings settings, ForwardingPath path, BackgroundTasks tasks) {
        this.settings = settings;
        this.path = path;
        this.tasks = tasks;
    }

    @Override
    public StorageComponent create() {
        settings.requireEndpoint();
        PartialSuccesses partial = new PartialSuccesses();
        tasks.repeat("otlp-refused", REPORT_PAUSE, REPORT_PAUSE, partial::report);
        return new OtlpForwarder(settings, path, partial);
    }

    @Override
    public String summary() {
        return "to " + settings.endpoint() + " as OTLP in protobuf";
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withBatchSpans(COMBINED_SPANS);
    }
}
