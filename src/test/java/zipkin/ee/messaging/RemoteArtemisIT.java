package zipkin.ee.messaging;

import org.junit.jupiter.api.Tag;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.RemoteArtemisBroker;

/** The bean for JMS on a remote Artemis. */
@Tag("matrix")
class RemoteArtemisIT extends TransportContract {
    @Override
    Broker startBroker() {
        return new RemoteArtemisBroker();
    }
}
