package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Opens connections to the broker. Thread safe. */
interface BrokerAccess {
    /**
     * Opens a connection that reconnects by itself until it is closed.
     *
     * @param failures receives each failed try to connect again; after an
     *     {@link IllegalStateException} there are no more tries
     */
    Connection connectRecovering(String name, Consumer<Throwable> failures) throws IOException, TimeoutException;

    /** A connection that stays closed once it was lost. */
    Connection connect(String name) throws IOException, TimeoutException;

    /**
     * Makes all attempts to connect fail at once, including the one in progress. Used when no
     * connection is open.
     */
    void stop();
}
