package zipkin.ee.transport.scribe;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Budget;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.text.SafeLogger;

/**
 * Takes connections, which bring calls. Two threads of the application server read and write all of
 * them; {@link ScribeCalls} does what takes time on others.
 */
@SingleInstance
class ScribeServer {
    private static final Logger LOGGER = SafeLogger.of(ScribeServer.class.getName());
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 100_000_000;

    private final ScribeSettings settings;
    private final HttpIntakeSettings bounds;
    private final ScribeCalls calls;
    private final ContainerPools pools;
    private final BodyBudget budget;
    private final Set<ScribeConnection> open = ConcurrentHashMap.newKeySet();
    private @Nullable AsynchronousChannelGroup group;

    @Inject
    ScribeServer(
            ScribeSettings settings,
            HttpIntakeSettings bounds,
            ScribeCalls calls,
            ContainerPools pools,
            BodyBudget budget) {
        this.settings = settings;
        this.bounds = bounds;
        this.calls = calls;
        this.pools = pools;
        this.budget = budget;
    }

    /**
     * Opens the port.
     *
     * @throws IllegalStateException when it can't, with a message for the administrator
     */
    synchronized void start() {
        try {
            AsynchronousChannelGroup channels = AsynchronousChannelGroup.withFixedThreadPool(THREADS, pools.threads());
            group = channels;
            AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open(channels)
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(settings.port()));
            server.accept(null, new Acceptor(server));
        } catch (IOException e) {
            stop();
            throw new IllegalStateException(
                    "Cannot open COLLECTOR_PORT=" + settings.port() + " for Scribe: " + e.getMessage(), e);
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (group == null) {
            return;
        }
        try {
            group.shutdownNow();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "Cannot close all connections of Scribe", e);
        }
        group = null;
    }

    int maxFrameBytes() {
        return bounds.maxBodyBytes();
    }

    Duration frameTimeout() {
        return bounds.bodyTimeout();
    }

    Duration idleTimeout() {
        return settings.idleTimeout();
    }

    Budget budget() {
        return budget.bytes();
    }

    /** Counts a call that was not read. */
    void refused() {
        calls.refused();
    }

    void closed(ScribeConnection connection) {
        open.remove(connection);
    }

    /** Answers the call that has arrived on a connection. */
    void answer(ScribeConnection connection) {
        calls.answer(connection);
    }

    private final class Acceptor implements CompletionHandler<AsynchronousSocketChannel, Void> {
        private final AsynchronousServerSocketChannel server;

        Acceptor(AsynchronousServerSocketChannel server) {
            this.server = server;
        }

        @Override
        public void completed(AsynchronousSocketChannel channel, Void none) {
            server.accept(null, this);
            ScribeConnection connection = new ScribeConnection(channel, ScribeServer.this);
            open.add(connection);
            if (open.size() > settings.maxConnections()) {
                LOGGER.log(
                        Level.WARNING,
                        "More than COLLECTOR_SCRIBE_MAX_CONNECTIONS={0} connections",
                        settings.maxConnections());
                connection.close();
                return;
            }
            try {
                connection.readNext();
            } catch (RuntimeException e) { // the application is being stopped
                connection.close();
            }
        }

        @Override
        public void failed(Throwable error, Void none) {
            if (server.isOpen() && !(error instanceof ClosedChannelException)) {
                LOGGER.log(Level.WARNING, "Cannot take a connection of Scribe", error);
                // for want of file descriptors it would fail at once again
                LockSupport.parkNanos(PAUSE_NANOS);
                server.accept(null, this);
            }
        }
    }
}
