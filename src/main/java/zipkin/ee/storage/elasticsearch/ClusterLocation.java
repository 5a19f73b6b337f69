package zipkin.ee.storage.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;

/** Gives a client its hosts when they are not known from the settings. Thread safe. */
@FunctionalInterface
interface ClusterLocation {
    /**
     * Returns when the client has its hosts; called before each request.
     *
     * @throws ClusterDownException when they can't be found now
     */
    void ensure(Rest5Client client);

    /** Does nothing, for a client that has its hosts from the settings. */
    static ClusterLocation known() {
        return client -> {};
    }
}
