package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.SafeLogger;

/**
 * A consumer on a channel of its own, and its queue of deliveries. The queue holds at most the
 * prefetch count, because the broker sends no more until earlier deliveries are acknowledged.
 * Closing the consumer makes the broker redeliver everything unacknowledged. One thread takes and
 * acknowledges.
 */
final class Subscription implements AutoCloseable {
    private static final Logger LOGGER = SafeLogger.of(Subscription.class.getName());
    private static final Delivery WAKE_UP =
            new Delivery(new Envelope(0, false, "", ""), new AMQP.BasicProperties(), new byte[0]);

    private final Channel channel;
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    /** Tags of what was put back and is not acknowledged yet; used by the thread that takes. */
    private final Set<Long> held = new HashSet<>();

    private volatile @Nullable EndedException end;

    private Subscription(Channel channel) {
        this.channel = channel;
    }

    /** Declares the queue when it is missing, and consumes from it. */
    static Subscription open(Connection connection, String queue, int prefetch) throws IOException, TimeoutException {
        Queues.ensure(connection, queue);
        Subscription subscription = new Subscription(Queues.open(connection));
        try {
            subscription.consume(queue, prefetch);
        } catch (IOException | RuntimeException e) {
            subscription.close();
            throw e;
        }
        return subscription;
    }

    private void consume(String queue, int prefetch) throws IOException {
        channel.addShutdownListener(cause -> end(new EndedException(cause)));
        channel.basicQos(prefetch);
        channel.basicConsume(queue, false, new Receiver());
    }

    /**
     * Takes the queued deliveries in order. No linger: returns as soon as there is any. Empty when
     * nothing arrived in time, or after {@link #wakeUp}.
     *
     * @throws EndedException the broker sends nothing more, and has taken back what it sent
     */
    List<Delivery> take(int max, long millis) throws InterruptedException, EndedException {
        Delivery first = waiting.poll(millis, TimeUnit.MILLISECONDS);
        EndedException ended = end;
        if (ended != null) {
            throw ended;
        }
        if (first == null || first == WAKE_UP) {
            return List.of();
        }
        List<Delivery> taken = new ArrayList<>();
        taken.add(first);
        waiting.drainTo(taken, max - 1);
        taken.removeIf(delivery -> delivery == WAKE_UP);
        return taken;
    }

    /**
     * Acknowledges the processed deliveries: all up to the first unprocessed one with a single
     * acknowledgement, unless earlier deliveries are held back.
     *
     * @param done for each of what {@link #take} gave
     */
    void acknowledge(List<Delivery> taken, List<Boolean> done) throws IOException {
        int together = done.indexOf(false);
        together = !held.isEmpty() ? 0 : together < 0 ? done.size() : together;
        if (together > 0) {
            channel.basicAck(taken.get(together - 1).tag(), true);
        }
        for (int i = together; i < done.size(); i++) {
            if (done.get(i)) {
                channel.basicAck(taken.get(i).tag(), false);
                held.remove(taken.get(i).tag());
            }
        }
    }

    /**
     * Puts deliveries behind those that are queued, so that one message that can't be stored does
     * not block the others. The broker still counts them as unacknowledged.
     */
    void putBack(List<Delivery> taken) {
        taken.forEach(delivery -> held.add(delivery.tag()));
        waiting.addAll(taken);
    }

    /** Whether closing this would give back something that was put back here. */
    boolean isHolding() {
        return !held.isEmpty();
    }

    /** Makes {@link #take} return. */
    void wakeUp() {
        waiting.add(WAKE_UP);
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "A channel that was to be closed is broken", e);
        }
        waiting.clear();
    }

    /** What waits is not delivered any more: the broker gives it to others, or sends it again. */
    private void end(EndedException reason) {
        if (end == null) {
            end = reason;
        }
        waiting.clear();
        wakeUp();
    }

    private final class Receiver extends DefaultConsumer {
        Receiver() {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            if (end == null) {
                waiting.add(new Delivery(envelope, properties, body));
            }
        }

        /** By the broker, not by us. */
        @Override
        public void handleCancel(String consumerTag) {
            end(new EndedException(null));
        }
    }

    /**
     * Called when the broker has ended the consumer. Without a cause the broker cancelled it;
     * otherwise the channel or the connection was closed.
     */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;

        EndedException(@Nullable ShutdownSignalException cause) {
            super(cause);
        }
    }
}
