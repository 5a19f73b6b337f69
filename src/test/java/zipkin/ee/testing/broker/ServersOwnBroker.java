package zipkin.ee.testing.broker;

/** A broker that lives within the application server and shares its fate. */
interface ServersOwnBroker extends Broker {
    @Override
    default void kill() {
        throw new UnsupportedOperationException("It is killed with its server");
    }

    @Override
    default void restart() {
        throw new UnsupportedOperationException("It starts with its server");
    }
}
