package zipkin.ee.storage.forward;

import jakarta.inject.Inject;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.storage.StorageCapabilities;
import zipkin.ee.storage.StorageFactory;
import zipkin.ee.storage.StorageType;
import zipkin2.storage.StorageComponent;

@SingleInstance
@StorageType("kafka-forwarder")
class KafkaForwarderFactory implements StorageFactory {
    /** Of all messages that wait, as they are posted by http-forwarder. */
    private static final int COMBINED_SPANS = 1000;

    private final KafkaForwarderSettings settings;

    @Inject
    KafkaForwarderFactory(KafkaForwarderSettings settings) {
        this.settings = settings;
    }

    @Override
    public StorageComponent create() {
        settings.requireBrokers();
        return new KafkaForwarder(settings);
    }

    @Override
    public String summary() {
        return "to the topic " + settings.topic() + " of " + settings.bootstrapServers() + " as "
                + (settings.proto3() ? "proto3" : "JSON v2");
    }

    @Override
    public StorageCapabilities capabilities() {
        return StorageCapabilities.blocking().withBatchSpans(COMBINED_SPANS);
    }
}
