package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.http.client.ForwardingPath;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("http-forwarder")
class HttpForwarderFactory implements StorageFactory {
    /** About a megabyte of JSON. */
    private static final int COMBINED_SPANS = 1000;

    private final HttpForwarderSettings settings;
    private final ForwardingPath path;

    @Inject
    HttpForwarderFactory(HttpForwarderSettings settings, ForwardingPath path) {
        this.settings = settings;
        this.path = path;
    }

    @Override
    public StorageComponent create() {
        settings.requireEndpoint();
        return new HttpForwarder(settings, path);
    }

    @Override
    public String summary() {
        return "to " + settings.endpoint() + " as " + (settings.proto3() ? "proto3" : "JSON v2");
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withBatchSpans(COMBINED_SPANS);
    }
}
