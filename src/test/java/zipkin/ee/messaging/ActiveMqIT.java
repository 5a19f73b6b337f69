package zipkin.ee.messaging;

import zipkin.ee.testing.broker.ActiveMqBroker;
import zipkin.ee.testing.broker.Broker;

/** ActiveMQ Classic by its own resource adapter. */
class ActiveMqIT extends TransportContract {
    @Override
    Broker startBroker() {
        return new ActiveMqBroker();
    }
}
