package zipkin.ee.connector.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.ConnectorState.State;
import zipkin.ee.connector.ConsumerLoop;
import zipkin.ee.connector.RetryPolicy;

/**
 * One consumer: takes deliveries, hands them over, acknowledges them. After any failure the channel
 * is closed, so that the broker redelivers what is unacknowledged, and after a back-off a new
 * channel is opened. Two kinds of deliveries are held and delivered again without closing the
 * channel. A quorum queue counts how often a message was returned and drops it at its limit. A dead
 * letter that the broker refuses would return ahead of all other messages and block them while the
 * broker is short of memory.
 */
final class RabbitLoop implements ConsumerLoop {
    /** After a quiet time of this length, what the last failure was does not matter any more. */
    private static final long QUIET_MILLIS = 1000;

    private static final long RECOVERY_POLL_MILLIS = 200;

    private final int part;
    private final RabbitConfig config;
    private final SharedConnection shared;
    private final DeliveryStep step;
    private final ConnectorState state;
    private final RabbitErrors reasons;
    private final CountDownLatch released = new CountDownLatch(1);
    private final RetryPolicy retries;
    private volatile @Nullable Subscription current;
    private boolean waiting;
    private int batch;
    private int failedConnects;
    private int failedDeliveries;

    RabbitLoop(int part, RabbitConfig config, SharedConnection shared, DeliveryStep step, ConnectorState state) {
        this.part = part;
        this.config = config;
        this.shared = shared;
        this.step = step;
        this.state = state;
        this.reasons = new RabbitErrors(config);
        this.retries = new RetryPolicy(config.maxBackOff());
        this.batch = config.prefetch();
    }

    @Override
    public void run() {
        shared.enter();
        try {
            while (!isReleased()) {
                Connection connection = connect();
                if (connection != null) {
                    consume(connection);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shared.leave();
        }
    }

    @Override
    public void release() {
        released.countDown();
        shared.stop();
        Subscription subscription = current;
        if (subscription != null) {
            subscription.wakeUp();
        }
    }

    private boolean isReleased() {
        return released.getCount() == 0;
    }

    /** Null after a pause, when there was none to get. */
    private @Nullable Connection connect() throws InterruptedException {
        try {
            Connection connection = shared.get();
            failedConnects = 0;
            return connection;
        } catch (SharedConnection.RecoveringException e) {
            state.set(part, State.CONNECTING, reasons.ofConnecting(e.getCause()));
            pause(RECOVERY_POLL_MILLIS);
        } catch (IOException | TimeoutException | RuntimeException e) {
            fail(State.CONNECTING, reasons.ofConnecting(e), ++failedConnects);
        }
        return null;
    }

    private void consume(Connection connection) throws InterruptedException {
        @Nullable String failure;
        try (Subscription subscription = Subscription.open(connection, config.queue(), config.prefetch())) {
            current = subscription;
            failure = deliver(subscription);
        } catch (Subscription.EndedException e) {
            failure = ended(connection, e.getCause());
        } catch (IOException | TimeoutException | RuntimeException e) {
            failure = ended(connection, e);
        } finally {
            current = null;
        }
        if (failure != null && !isReleased()) {
            waiting = true;
            fail(State.WAITING, failure, ++failedDeliveries);
        }
    }

    /** Null when the connection itself was lost, since connecting has its own pauses. */
    private @Nullable String ended(Connection connection, @Nullable Throwable cause) {
        return connection.isOpen() || cause == null ? reasons.ofConsuming(cause) : null;
    }

    /**
     * After a failure the loop keeps its state until a message is stored or the queue is empty: an
     * outage is not over because the broker has messages. It also takes fewer messages at a time,
     * so that a slow storage is not given the same messages repeatedly.
     *
     * @return why something has to come again, or null after the release
     */
    private @Nullable String deliver(Subscription subscription)
            throws InterruptedException, IOException, Subscription.EndedException {
        if (!waiting) {
            running();
        }
        while (!isReleased()) {
            List<Delivery> taken = subscription.take(batch, QUIET_MILLIS);
            if (!taken.isEmpty()) {
                DeliveryStep.Rest rest = step.deliver(taken, subscription);
                if (rest != null) {
                    batch = Math.max(1, batch / 2);
                    boolean giveBack = !rest.isCounted() && !rest.deadLetters() && !subscription.isHolding();
                    if (giveBack) {
                        return rest.reason();
                    }
                    hold(rest, subscription);
                    continue;
                }
                batch = Math.min(config.prefetch(), batch * 2);
                failedDeliveries = 0;
            }
            running();
        }
        return null;
    }

    private void hold(DeliveryStep.Rest rest, Subscription subscription) throws InterruptedException {
        subscription.putBack(rest.deliveries());
        waiting = true;
        fail(State.WAITING, rest.reason(), ++failedDeliveries);
    }

    private void running() {
        waiting = false;
        state.set(part, State.RUNNING, "Takes messages from the queue " + config.queue() + " of " + config.place());
    }

    private void fail(State how, String why, int failures) throws InterruptedException {
        state.set(part, how, why);
        pause(retries.pauseMillis(failures));
    }

    private void pause(long millis) throws InterruptedException {
        var unused = released.await(millis, TimeUnit.MILLISECONDS);
    }
}
