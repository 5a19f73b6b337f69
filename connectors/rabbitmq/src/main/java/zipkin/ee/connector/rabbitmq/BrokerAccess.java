package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Opens connections to the broker. Thread safe. */
interface BrokerAccess {
    /**
     * A connection that connects again by itself after it was lost, as long as it is not closed.
     *
     * @param failures receives each failed try to connect again; after an
     *     {@link IllegalStateException} there are no more tries
     */
    Connection connectRecovering(String name, Consumer<Throwable> failures) throws IOException, TimeoutException;

    /** A connection that stays closed once it was lost. */
    Connection connect(String name) throws IOException, TimeoutException;

    /**
     * Makes tries to connect fail at once, the one that is under way too; for when there is no
     * connection.
     */
    void stop();
}
