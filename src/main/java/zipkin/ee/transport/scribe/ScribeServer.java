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
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.CollectorCounters;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.concurrent.ContainerPools;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.config.ScribeSettings;
import zipkin.ee.http.body.BodyBudget;
import zipkin.ee.text.SafeLogger;

/**
 * Takes connections, and answers calls: OK once the spans are stored, TRY_LATER when the storage has no room for them, an exception for what can't be read. Two threads of the application
 * server serve all connections.
 */
@SingleInstance
class ScribeServer {
    private static final Logger LOGGER = SafeLogger.of(ScribeServer.class.getName());
    private static final int THREADS = 2;
    private static final long PAUSE_NANOS = 100_000_000;

    private final ScribeSettings settings;
    private final HttpIntakeSettings bounds;
    private final Collector collector;
    private final CollectorCounters counters;
    private final ContainerPools pools;
    private final BodyBudget budget;
    private final Set<ScribeConnection> open = ConcurrentHashMap.newKeySet();
    private @Nullable AsynchronousChannelGroup group;

    @Inject
    ScribeServer(
            ScribeSettings settings,
            HttpIntakeSettings bounds,
            Collector collector,
            CollectorCounters counters,
            ContainerPools pools,
            BodyBudget budget) {
        this.settings = settings;
        this.bounds = bounds;
        this.collector = collector;
        this.counters = counters;
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

    BodyBudget budget() {
        return budget;
    }

    /** Counts a call that was not read. */
    void refused() {
        TransportCounters scribe = scribe();
        scribe.messageReceived();
        scribe.messageDropped();
    }

    private TransportCounters scribe() {
        return counters.of(ScribeTransport.LABEL);
    }

    void closed(ScribeConnection connection) {
        open.remove(connection);
    }

    /** Stores what a call has, and replies when that is done. */
    void answer(byte[] frame, ScribeConnection connection) {
        LogCall call;
        try {
            call = LogCall.read(frame, settings.category());
        } catch (ThriftInput.WrongFrameException e) {
            refused();
            LOGGER.log(Level.DEBUG, "A Scribe client was closed for a wrong frame", e);
            connection.close();
            return;
        }
        if (!call.name().equals(LogCall.LOG)) {
            connection.reply(call.failure(LogCall.UNKNOWN_METHOD, "There is no method " + call.name()));
            return;
        }
        TransportCounters scribe = scribe();
        scribe.messageReceived();
        if (!call.unreadable().isEmpty()) {
            scribe.messageDropped();
            connection.reply(call.failure(LogCall.PROTOCOL_ERROR, call.unreadable()));
            return;
        }
        if (call.spans().isEmpty()) {
            connection.reply(call.reply(true));
            return;
        }
        byte[] list = call.list();
        scribe.bytesReceived(list.length);
        collector
                .accept(list, Encoding.THRIFT, false, scribe)
                .whenComplete((outcome, error) -> reply(connection, call, outcome));
    }

    private static void reply(ScribeConnection connection, LogCall call, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Malformed malformed) {
            connection.reply(call.failure(LogCall.PROTOCOL_ERROR, malformed.reason()));
        } else {
            connection.reply(call.reply(outcome instanceof Outcome.Stored));
        }
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
                LockSupport.parkNanos(PAUSE_NANOS); // for want of file descriptors it would fail at once again
                server.accept(null, this);
            }
        }
    }
}
