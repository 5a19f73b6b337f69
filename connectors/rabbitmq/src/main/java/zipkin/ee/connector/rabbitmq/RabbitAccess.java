package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.RetryPolicy;
import zipkin.ee.connector.SafeLogger;

/** RabbitMQ's client, set up as the administrator wants it. */
final class RabbitAccess implements BrokerAccess {
    private static final Logger LOGGER = SafeLogger.of(RabbitAccess.class.getName());
    /**
     * The largest message that the client accepts; a larger one closes the connection. This is the
     * client's default, set explicitly because it bounds the memory.
     */
    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private static final int RPC_MILLIS = 20_000;
    private static final int HEARTBEAT_SECONDS = 30;

    private final RabbitConfig config;
    private final List<Address> addresses;
    private volatile boolean stopped;
    private volatile @Nullable Socket connecting;

    RabbitAccess(RabbitConfig config) throws InvalidPropertyException {
        this.config = config;
        ConnectionFactory factory = factory();
        this.addresses = config.uri().isEmpty()
                ? config.brokers().stream()
                        .map(broker -> new Address(broker.host(), broker.port()))
                        .toList()
                : List.of(new Address(factory.getHost(), factory.getPort()));
    }

    @Override
    public Connection connectRecovering(String name, Consumer<Throwable> failures)
            throws IOException, TimeoutException {
        ConnectionFactory factory = preparedFactory();
        factory.setAutomaticRecoveryEnabled(true);
        // The loops declare the queue and consume from it as they do at the start, so that the
        // reason is reported when the broker refuses.
        factory.setTopologyRecoveryEnabled(false);
        RetryPolicy retries = new RetryPolicy(config.maxBackOff());
        // The first try comes after a pause too: a broker that restarts is not back at once.
        factory.setRecoveryDelayHandler(attempts -> retries.pauseMillis(attempts + 1));
        factory.setExceptionHandler(new Exceptions(failures));
        return factory.newConnection(addresses, name);
    }

    @Override
    public Connection connect(String name) throws IOException, TimeoutException {
        ConnectionFactory factory = preparedFactory();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setExceptionHandler(new Exceptions(failure -> {}));
        return factory.newConnection(addresses, name);
    }

    @Override
    public void stop() {
        stopped = true;
        Socket socket = connecting;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOGGER.log(Level.DEBUG, "Cannot close a socket", e);
            }
        }
    }

    private ConnectionFactory preparedFactory() throws IOException {
        try {
            return factory();
        } catch (InvalidPropertyException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private ConnectionFactory factory() throws InvalidPropertyException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setSharedExecutor(new CallerExecutor());
        factory.setThreadFactory(RabbitAccess::thread);
        factory.setConnectionTimeout(config.connectionTimeoutMillis());
        factory.setChannelRpcTimeout(RPC_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setMaxInboundMessageBodySize(MAX_BODY_BYTES);
        factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator().andThen(this::connecting));
        if (config.tls()) {
            secure(factory);
        }
        if (config.uri().isEmpty()) {
            factory.setUsername(config.credentials().user());
            factory.setPassword(config.credentials().password());
            factory.setVirtualHost(config.virtualHost());
        } else {
            applyUri(factory);
        }
        return factory;
    }

    /**
     * By default the client trusts every certificate, so the context is set before the URI, which
     * may ask for TLS.
     */
    private static void secure(ConnectionFactory factory) throws InvalidPropertyException {
        try {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        } catch (NoSuchAlgorithmException e) {
            throw new InvalidPropertyException("The JVM's trust store can't be used for TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the parameters of the query too. The error names neither the text nor the cause, since
     * both hold a password.
     */
    private void applyUri(ConnectionFactory factory) throws InvalidPropertyException {
        try {
            factory.setUri(config.uri());
        } catch (URISyntaxException | GeneralSecurityException | RuntimeException e) {
            throw RabbitConfig.wrongUri();
        }
    }

    private void connecting(Socket socket) throws IOException {
        connecting = socket;
        if (stopped) {
            throw new IOException("The server is being stopped");
        }
    }

    /** Those that read from sockets and send heartbeats; the client names them. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "zipkin-rabbitmq");
        thread.setDaemon(true);
        thread.setContextClassLoader(RabbitAccess.class.getClassLoader());
        return thread;
    }

    /**
     * The client would log each failure with a stack trace. The state of the loop reports it once.
     */
    private static final class Exceptions extends ForgivingExceptionHandler {
        private final Consumer<Throwable> failures;

        Exceptions(Consumer<Throwable> failures) {
            this.failures = failures;
        }

        @Override
        public void handleConnectionRecoveryException(Connection connection, Throwable exception) {
            log("Cannot connect again", exception);
            failures.accept(exception);
        }

        @Override
        protected void log(String message, Throwable e) {
            LOGGER.log(Level.DEBUG, message, e);
        }
    }
}
