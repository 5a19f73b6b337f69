package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.DeadLetterHeaders;

/**
 * Sends messages that can't be read to the queue {@code <queue>.dlq}. It has a connection of its
 * own, made when it is needed, because a broker that is short of memory stops reading from
 * connections that publish, acknowledgements included. Thread safe.
 *
 * <p>Body and properties stay as they were, except for what would make the broker refuse, drop or
 * copy them: expiration, user id and the headers CC and BCC go. Headers are added for the reason,
 * where the message came from, and when.
 */
final class DeadLetters implements AutoCloseable {
    static final String EXCHANGE = "zipkin-exchange";
    static final String ROUTING_KEY = "zipkin-routing-key";

    private static final String NAME = "zipkin-ee-dead-letters";
    private static final int PERSISTENT = 2;
    private static final int CLOSE_MILLIS = 1000;
    private static final long CONFIRM_MILLIS = 10_000;
    /** The operating system takes so much from us even when the broker reads nothing. */
    private static final int UNCONFIRMED_BYTES = 100_000;

    private final BrokerAccess access;
    private final String source;
    private final String queue;
    private final Clock clock;
    private @Nullable Connection connection;
    private @Nullable Channel channel;
    private volatile @Nullable String blocked;
    private volatile boolean returned;

    DeadLetters(BrokerAccess access, RabbitConfig config, Clock clock) {
        this.access = access;
        this.source = config.queue();
        this.queue = config.deadLetterQueue();
        this.clock = clock;
    }

    String queue() {
        return queue;
    }

    /** A message with the reason why it can't be read. */
    record Letter(Delivery delivery, String reason) {}

    /**
     * Returns when the broker has confirmed that it keeps them.
     *
     * @throws IOException it may keep some of them, or none
     */
    synchronized void send(List<Letter> letters) throws IOException, TimeoutException {
        boolean confirmed = false;
        try {
            Channel open = open();
            int unconfirmed = 0;
            for (Letter letter : letters) {
                open.basicPublish(
                        "", queue, true, properties(letter), letter.delivery().body());
                unconfirmed += letter.delivery().body().length;
                if (unconfirmed > UNCONFIRMED_BYTES) {
                    confirm(open);
                    unconfirmed = 0;
                }
            }
            confirm(open);
            confirmed = true;
        } finally {
            if (!confirmed) {
                close();
            }
        }
    }

    /** The broker confirms what it can't put into a queue, too, but gives it back first. */
    private void confirm(Channel open) throws IOException, TimeoutException {
        try {
            if (!open.waitForConfirms(CONFIRM_MILLIS)) {
                throw new IOException("RabbitMQ did not take messages for the queue " + queue);
            }
        } catch (TimeoutException e) {
            String reason = blocked;
            throw reason == null
                    ? new IOException("RabbitMQ did not confirm messages for the queue " + queue, e)
                    : new IOException("RabbitMQ takes no messages, nor dead letters, now: " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is being stopped", e);
        }
        if (returned) {
            throw new IOException("The queue " + queue + " is gone");
        }
    }

    private Channel open() throws IOException, TimeoutException {
        Channel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        close();
        blocked = null;
        returned = false;
        Connection opened = access.connect(NAME);
        connection = opened;
        opened.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        Queues.ensure(opened, queue);
        current = Queues.open(opened);
        current.addReturnListener(message -> returned = true);
        current.confirmSelect();
        channel = current;
        return current;
    }

    @Override
    public synchronized void close() {
        Connection closed = connection;
        channel = null;
        connection = null;
        if (closed != null) {
            try {
                closed.abort(CLOSE_MILLIS);
            } catch (ShutdownSignalException e) {
                // It is closed, which is what was wanted.
            }
        }
    }

    private AMQP.BasicProperties properties(Letter letter) {
        AMQP.BasicProperties original = letter.delivery().properties();
        Map<String, Object> headers = new HashMap<>();
        if (original.getHeaders() != null) {
            headers.putAll(original.getHeaders());
        }
        headers.remove("CC");
        headers.remove("BCC");
        headers.put(DeadLetterHeaders.REASON, DeadLetterHeaders.shortened(letter.reason()));
        headers.put(DeadLetterHeaders.QUEUE, source);
        headers.put(EXCHANGE, letter.delivery().envelope().getExchange());
        headers.put(ROUTING_KEY, letter.delivery().envelope().getRoutingKey());
        headers.put(DeadLetterHeaders.TIME, clock.instant().toString());
        return original.builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .expiration(null)
                .userId(null)
                .build();
    }
}
