package zipkin.ee.connector.kafka;

import java.util.List;
import java.util.stream.IntStream;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.Endpoint;

/**
 * The loops of one activation. They are not in the adapter, because a dormant adapter must not load
 * Kafka's classes.
 */
final class KafkaLoops {
    private KafkaLoops() {}

    static List<ConsumerLoop> of(ConsumerSettings settings, Endpoint endpoint, ConnectorState state) {
        KafkaOverrides overrides = KafkaOverrides.ofProcess();
        return IntStream.range(0, settings.streams())
                .<ConsumerLoop>mapToObj(stream -> new KafkaLoop(
                        settings,
                        new ConfiguredClients(settings, overrides, stream),
                        endpoint,
                        state,
                        stream,
                        overrides::masked,
                        System::nanoTime))
                .toList();
    }
}
