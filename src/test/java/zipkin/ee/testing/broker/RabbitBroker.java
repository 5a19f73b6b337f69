package zipkin.ee.testing.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a RabbitMQ, with a sender that waits for confirms and a reader of the dead letters.
 */
public final class RabbitBroker implements Broker {
    private static final long CONFIRM_MILLIS = 10_000;
    private static final String OTLP = "-otlp";

    private final RabbitServer server;
    private final boolean owned;
    private final String queue;
    private final List<GetResponse> letters = new ArrayList<>();
    private @Nullable RabbitBroker otlp;
    private @Nullable Connection connection;
    private @Nullable Channel channel;

    /**
     * @param server closed with this
     */
    public RabbitBroker(RabbitServer server) {
        this(server, true, newQueue());
    }

    private RabbitBroker(RabbitServer server, boolean owned, String queue) {
        this.server = server;
        this.owned = owned;
        this.queue = queue;
    }

    private static String newQueue() {
        return "zipkin-" + UUID.randomUUID();
    }

    /** A queue of the broker that all tests of the JVM share. */
    public static RabbitBroker shared() {
        return new RabbitBroker(RabbitServer.shared(), false, newQueue());
    }

    @Override
    public String label() {
        return "rabbitmq";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("RABBIT_URI", server.uri(), "RABBIT_QUEUE", queue, "RABBIT_OTLP_QUEUE", queue + OTLP);
    }

    public RabbitServer server() {
        return server;
    }

    public String queue() {
        return queue;
    }

    @Override
    public synchronized void send(byte[] message) {
        try {
            Channel open = channel();
            open.basicPublish("", queue, true, MessageProperties.PERSISTENT_BASIC, message);
            open.waitForConfirmsOrDie(CONFIRM_MILLIS);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            disconnect();
            throw new IllegalStateException("RabbitMQ did not take a message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return letters().stream()
                .map(letter -> new DeadLetter(
                        new String(letter.getBody(), UTF_8),
                        String.valueOf(letter.getProps().getHeaders().get("zipkin-reason"))))
                .toList();
    }

    /** Has a connection of its own, which is closed with this. */
    @Override
    public synchronized Broker otlp() {
        if (otlp == null) {
            otlp = new RabbitBroker(server, false, queue + OTLP);
        }
        return otlp;
    }

    /** All dead letters so far as any client of RabbitMQ gets them. */
    public synchronized List<GetResponse> letters() {
        try (Connection reader = server.connect();
                Channel open = reader.createChannel()) {
            open.queueDeclare(queue + ".dlq", true, false, false, null);
            for (GetResponse letter = get(open); letter != null; letter = get(open)) {
                letters.add(letter);
            }
            return List.copyOf(letters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable GetResponse get(Channel open) throws IOException {
        return open.basicGet(queue + ".dlq", true);
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public synchronized void close() {
        disconnect();
        if (otlp != null) {
            otlp.close();
        }
        if (owned) {
            server.close();
        }
    }

    /**
     * The queue is declared by the sender too, as the reference's senders leave it to the server:
     * whoever comes first.
     */
    private Channel channel() throws IOException, TimeoutException {
        Channel open = channel;
        if (open == null) {
            Connection connected = server.connect();
            connection = connected;
            open = connected.createChannel();
            open.queueDeclare(queue, true, false, false, null);
            open.confirmSelect();
            channel = open;
        }
        return open;
    }

    private synchronized void disconnect() {
        Connection closed = connection;
        connection = null;
        channel = null;
        if (closed != null) {
            closed.abort(1000);
        }
    }
}
