package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("xray")
class XRayFactory implements StorageFactory {
    private final XRaySettings settings;

    @Inject
    XRayFactory(XRaySettings settings) {
        this.settings = settings;
    }

    @Override
    public StorageComponent create() {
        return new XRayForwarder(settings.host(), settings.port());
    }

    @Override
    public String summary() {
        return "to the X-Ray daemon at " + settings.host() + ":" + settings.port() + " by UDP, not acknowledged";
    }

    /** One socket, which sends one after the other. */
    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withWriters(1);
    }
}
