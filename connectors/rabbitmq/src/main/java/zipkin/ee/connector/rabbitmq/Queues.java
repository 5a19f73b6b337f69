package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Makes sure that queues are there. */
final class Queues {
    private Queues() {}

    /**
     * Uses an existing queue unchanged, a quorum queue for example; declares a missing one as
     * durable.
     */
    static void ensure(Connection connection, String queue) throws IOException, TimeoutException {
        if (!exists(connection, queue)) {
            try (Channel channel = open(connection)) {
                channel.queueDeclare(queue, true, false, false, null);
            }
        }
    }

    /** On a channel of its own: the broker closes it when the queue is missing. */
    private static boolean exists(Connection connection, String queue) throws IOException, TimeoutException {
        Channel channel = open(connection);
        try {
            channel.queueDeclarePassive(queue);
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == AMQP.NOT_FOUND) {
                channel.abort();
                return false;
            }
            throw e;
        }
        channel.close();
        return true;
    }

    static Channel open(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("RabbitMQ allows no more than " + connection.getChannelMax()
                    + " channels on a connection: lower RABBIT_CONCURRENCY, or raise its channel_max");
        }
        return channel;
    }
}
