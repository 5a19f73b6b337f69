package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("stackdriver")
class StackdriverFactory implements StorageFactory {
    /** Google takes up to 1,000. */
    private static final int COMBINED_SPANS = 500;

    private final StackdriverSettings settings;

    @Inject
    StackdriverFactory(StackdriverSettings settings) {
        this.settings = settings;
    }

    @Override
    public StorageComponent create() {
        settings.requireProject();
        return new StackdriverForwarder(settings);
    }

    @Override
    public String summary() {
        return "to project " + settings.projectId() + " of " + settings.api().getHost();
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withBatchSpans(COMBINED_SPANS);
    }
}
