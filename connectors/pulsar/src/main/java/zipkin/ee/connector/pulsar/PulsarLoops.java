package zipkin.ee.connector.pulsar;

import java.util.ArrayList;
import java.util.List;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.Endpoint;

/**
 * The loops of one activation, those of each topic, with one client. They are not in the adapter,
 * because a dormant adapter must not load Pulsar's classes.
 */
final class PulsarLoops {
    private PulsarLoops() {}

    static List<ConsumerLoop> of(List<SubscriptionSettings> topics, Endpoint endpoint, ConnectorState state) {
        String serviceUrl = topics.get(0).serviceUrl();
        PulsarAccess access = new SharedClient(serviceUrl, ClientOverrides.ofProcess());
        List<ConsumerLoop> loops = new ArrayList<>();
        for (SubscriptionSettings settings : topics) {
            for (int i = 0; i < settings.concurrency(); i++) {
                state.starting(loops.size(), "Connecting to " + serviceUrl + ".");
                loops.add(new PulsarLoop(loops.size(), settings, access, endpoint, state));
            }
        }
        return loops;
    }
}
