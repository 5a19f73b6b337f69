package zipkin.ee.testing.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real RabbitMQ, the first of these that is there: the one whose URI
 * {@code ZIPKIN_TEST_RABBIT_URI} gives (environment variable or system property), the program of
 * this machine, the image {@code rabbitmq:3} where Docker answers, the package of Debian, which is
 * installed when the build runs as root. Its node, ports and data are the test's own, and end with
 * it or with the JVM.
 *
 * <p>The one given by URI belongs to somebody else: it can't be killed, and has no further
 * accounts. Tests that need that fail with a line that says so.
 */
public final class RabbitServer implements AutoCloseable {
    private static @Nullable RabbitServer shared;

    private final RabbitNode node;

    private RabbitServer(RabbitNode node) {
        this.node = node;
    }

    /**
     * The broker that all tests of the JVM share, each with its own queues. It starts on first use
     * and is not to be killed.
     */
    public static synchronized RabbitServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A broker for one test, which closes it. */
    public static RabbitServer start() {
        return start(List.of());
    }

    /**
     * A broker for one test, which closes it.
     *
     * @param configuration further lines of its rabbitmq.conf
     */
    public static RabbitServer start(List<String> configuration) {
        RabbitServer server = new RabbitServer(RabbitPrograms.find().node(configuration));
        server.node.start();
        return server;
    }

    /** {@code amqp://user:password@host:port/virtual-host}, of a user who may do everything. */
    public String uri() {
        return node.uri();
    }

    /** The same broker for another user in another virtual host. */
    public String uri(String user, String password, String virtualHost) {
        return "amqp://" + user + ":" + password + "@" + address() + "/" + virtualHost;
    }

    /** {@code host:port} */
    public String address() {
        URI uri = URI.create(uri());
        return uri.getHost() + ":" + (uri.getPort() < 0 ? RabbitNode.AMQP : String.valueOf(uri.getPort()));
    }

    /**
     * The port of 127.0.0.1 on which a broker listens whose configuration has
     * {@code listeners.ssl.default = 5671}.
     */
    public int tlsPort() {
        return node.tlsPort();
    }

    /** A connection of the administrator, closed by the caller. */
    public Connection connect() throws IOException, TimeoutException {
        return connect(uri());
    }

    /** A connection that does not recover, closed by the caller. */
    public static Connection connect(String uri) throws IOException, TimeoutException {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(uri);
            factory.setAutomaticRecoveryEnabled(false);
            return factory.newConnection("zipkin-test");
        } catch (GeneralSecurityException | java.net.URISyntaxException e) {
            throw new IllegalArgumentException("Not a URI of RabbitMQ: " + uri, e);
        }
    }

    /** A user with all rights in a virtual host that is made for him. */
    public void addUser(String user, String password, String virtualHost) {
        control("add_vhost", virtualHost);
        control("add_user", user, password);
        control("set_permissions", "--vhost", virtualHost, user, ".*", ".*", ".*");
    }

    /** What rabbitmqctl prints. */
    public String control(String... arguments) {
        return node.control(List.of(arguments));
    }

    /** Ends the broker at once, by SIGKILL. */
    public void kill() {
        node.kill();
    }

    /**
     * Starts the killed broker on its ports and data, and waits until it serves, at most two
     * minutes.
     */
    public void restart() {
        if (node.isAlive()) {
            throw new IllegalStateException("The broker runs. Kill it first.");
        }
        node.start();
    }

    /** Everything the broker has printed so far, over all its starts. */
    public String log() {
        return node.log();
    }

    @Override
    public void close() {
        node.close();
    }
}
