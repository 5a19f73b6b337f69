package zipkin.ee.messaging;

import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.RemoteArtemisBroker;

/** The bean for JMS on a remote Artemis. */
class RemoteArtemisIT extends TransportContract {
    @Override
    Broker startBroker() {
        return new RemoteArtemisBroker();
    }
}
