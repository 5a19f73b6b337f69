package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The connection that all loops of an activation share. The first loop opens it; afterwards the
 * client reconnects by itself. The last loop closes it, together with the connections for dead
 * letters. Thread safe.
 */
final class SharedConnection {
    private static final String NAME = "zipkin-ee";
    private static final int CLOSE_MILLIS = 5000;

    private final BrokerAccess access;
    private final List<DeadLetters> deadLetters = new ArrayList<>();
    private volatile @Nullable Connection connection;
    private int loops;
    private volatile @Nullable Throwable failure;

    SharedConnection(BrokerAccess access) {
        this.access = access;
    }

    /** Closes these with the connection; called before the first loop enters. */
    void alsoClose(DeadLetters ofQueue) {
        deadLetters.add(ofQueue);
    }

    synchronized void enter() {
        loops++;
    }

    synchronized void leave() {
        loops--;
        if (loops == 0) {
            discard();
            deadLetters.forEach(DeadLetters::close);
        }
    }

    /**
     * Makes an attempt to connect fail at once. An open connection stays open, so that deliveries
     * can still be acknowledged.
     */
    void stop() {
        Connection current = connection;
        if (current == null || !current.isOpen()) {
            access.stop();
        }
    }

    /**
     * Returns the open connection, and opens it first if necessary.
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
