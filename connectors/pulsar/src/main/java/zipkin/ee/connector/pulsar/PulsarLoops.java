package zipkin.ee.connector.pulsar;

import java.util.List;
import java.util.stream.IntStream;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.Endpoint;

/**
 * The loops of one activation. They are not in the adapter, because a dormant adapter must not load
 * Pulsar's classes.
 */
final class PulsarLoops {
    private PulsarLoops() {}

    static List<ConsumerLoop> of(SubscriptionSettings settings, Endpoint endpoint, ConnectorState state) {
        PulsarAccess access = new SharedClient(settings, ClientOverrides.ofProcess());
        return IntStream.range(0, settings.concurrency())
                .<ConsumerLoop>mapToObj(part -> {
                    state.starting(part, "Connecting to " + settings.serviceUrl() + ".");
                    return new PulsarLoop(part, settings, access, endpoint, state);
                })
                .toList();
    }
}
