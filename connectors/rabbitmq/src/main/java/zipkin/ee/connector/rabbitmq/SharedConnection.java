package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connection from which all loops of an activation take messages. The first loop that asks
 * connects; later the client connects again by itself. The last loop that leaves closes it, and the
 * one of dead letters. Thread safe.
 */
final class SharedConnection {
    private static final String NAME = "zipkin-ee";
    private static final int CLOSE_MILLIS = 5000;

    private final BrokerAccess access;
    private final @Nullable DeadLetters deadLetters;
    private volatile @Nullable Connection connection;
    private int loops;
    private volatile @Nullable Throwable failure;

    SharedConnection(BrokerAccess access, @Nullable DeadLetters deadLetters) {
        this.access = access;
        this.deadLetters = deadLetters;
    }

    synchronized void enter() {
        loops++;
    }

    synchronized void leave() {
        loops--;
        if (loops == 0) {
            discard();
            if (deadLetters != null) {
                deadLetters.close();
            }
        }
    }

    /**
     * Makes a try to connect fail at once. A connection that is there stays, for what is to be
     * acknowledged.
     */
    void stop() {
        Connection current = connection;
        if (current == null || !current.isOpen()) {
            access.stop();
        }
    }

    /**
     * An open connection.
     *
     * @throws RecoveringException while the client tries to connect again
     */
    synchronized Connection get() throws IOException, TimeoutException, RecoveringException {
        Connection current = connection;
        if (current != null && current.isOpen()) {
            failure = null;
            return current;
        }
        if (current != null) {
            Throwable latest = failure;
            ShutdownSignalException reason = current.getCloseReason();
            boolean givenUp =
                    latest instanceof IllegalStateException || (reason != null && reason.isInitiatedByApplication());
            if (!givenUp) {
                throw new RecoveringException(latest != null ? latest : reason);
            }
            discard();
        }
        failure = null;
        current = access.connectRecovering(NAME, latest -> failure = latest);
        connection = current;
        return current;
    }

    private void discard() {
        Connection discarded = connection;
        connection = null;
        if (discarded != null) {
            discarded.abort(CLOSE_MILLIS);
        }
    }

    /** The cause is why the connection was lost, or why the latest try to get it back failed. */
    static final class RecoveringException extends Exception {
        private static final long serialVersionUID = 1L;

        RecoveringException(@Nullable Throwable cause) {
            super(cause);
        }
    }
}
