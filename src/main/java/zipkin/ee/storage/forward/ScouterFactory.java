package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("scouter")
class ScouterFactory implements StorageFactory {
    private final ScouterSettings settings;

    @Inject
    ScouterFactory(ScouterSettings settings) {
        this.settings = settings;
    }

    @Override
    public StorageComponent create() {
        return new ScouterForwarder(settings);
    }

    @Override
    public String summary() {
        return "to the Scouter collector at " + settings.host() + ":" + settings.port() + " by UDP, not acknowledged";
    }

    /** One socket, which sends one after the other. */
    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withWriters(1);
    }
}
