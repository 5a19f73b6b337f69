package zipkin.ee.transport.messaging;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.collect.Transport;

/** The transports with resource adapters of our own. */
@SingleInstance
class ConnectorTransports {
    static final String KAFKA = "kafka";
    static final String RABBITMQ = "rabbitmq";
    static final String PULSAR = "pulsar";

    @Produces
    @Singleton
    static Transport kafka(KafkaSettings settings) {
        return new ConnectorTransport(
                KAFKA,
                settings.enabled(),
                !settings.bootstrapServers().isEmpty(),
                "KAFKA_BOOTSTRAP_SERVERS is not set",
                settings.place(),
                "KafkaCollector{bootstrapServers=" + settings.bootstrapServers() + ", topic=" + settings.topic() + "}",
                null);
    }

    @Produces
    @Singleton
    static Transport rabbitMq(RabbitMqSettings settings) {
        return new ConnectorTransport(
                RABBITMQ,
                settings.enabled(),
                !settings.place().isEmpty(),
                "RABBIT_ADDRESSES and RABBIT_URI are not set",
                settings.queues() + " of " + settings.place(),
                "RabbitMQCollector{addresses=[" + settings.place() + "], queue=" + settings.queue() + "}",
                null);
    }

    @Produces
    @Singleton
    static Transport pulsar(PulsarSettings settings) {
        return new ConnectorTransport(
                PULSAR,
                settings.enabled(),
                !settings.serviceUrl().isEmpty(),
                "PULSAR_SERVICE_URL is not set",
                settings.place(),
                "PulsarCollector{serviceUrl=" + settings.serviceUrl() + ", topic=" + settings.topic() + "}",
                settings.installed()
                        ? null
                        : "Nothing takes its messages: the connector for Pulsar is not installed"
                                + " (docs/operating/pulsar.md).");
    }
}
