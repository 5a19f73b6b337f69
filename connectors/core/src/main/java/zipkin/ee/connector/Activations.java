package zipkin.ee.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The active message-driven beans of an adapter, with their loops on the server's work manager.
 * Thread safe.
 */
public final class Activations {
    private static final Logger LOGGER = SafeLogger.of(Activations.class.getName());
    private static final long STOP_SECONDS = 30;

    private final WorkManager workManager;
    private final Map<MessageEndpointFactory, Activation> active = new ConcurrentHashMap<>();

    public Activations(BootstrapContext context) {
        this.workManager = context.getWorkManager();
    }

    /**
     * Starts the loops of one bean; none are right for an adapter that is not configured.
     *
     * @param state closed with the activation
     */
    public void start(MessageEndpointFactory factory, ConnectorState state, List<? extends ConsumerLoop> loops)
            throws ResourceException {
        Activation activation = new Activation(state, loops, new CountDownLatch(loops.size()));
        active.put(factory, activation);
        int started = 0;
        try {
            for (ConsumerLoop loop : loops) {
                workManager.scheduleWork(loop, WorkManager.INDEFINITE, null, activation.listener());
                started++;
            }
        } catch (ResourceException | RuntimeException e) {
            for (int i = started; i < loops.size(); i++) {
                activation.ended().countDown();
            }
            stop(factory);
            throw e;
        }
    }

    /** Stops the loops of one bean and waits for the deliveries in flight, at most 30 s. */
    public void stop(MessageEndpointFactory factory) {
        Activation activation = active.remove(factory);
        if (activation != null) {
            activation.loops().forEach(Work::release);
            activation.awaitEnd();
            activation.state().close();
        }
    }

    /** Stops all of them. */
    public void stopAll() {
        active.values().forEach(activation -> activation.loops().forEach(Work::release));
        active.keySet().forEach(this::stop);
    }

    private record Activation(ConnectorState state, List<? extends ConsumerLoop> loops, CountDownLatch ended) {
        WorkAdapter listener() {
            return new WorkAdapter() {
                @Override
                public void workCompleted(WorkEvent event) {
                    if (event.getException() != null) {
                        LOGGER.log(Level.ERROR, "A consumer ended by itself", event.getException());
                    }
                    ended.countDown();
                }

                @Override
                public void workRejected(WorkEvent event) {
                    LOGGER.log(Level.ERROR, "The work manager has no thread for a consumer", event.getException());
                    ended.countDown();
                }
            };
        }

        void awaitEnd() {
            try {
                if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    LOGGER.log(
                            Level.WARNING,
                            "A delivery did not end within " + STOP_SECONDS + " s; its messages will come again");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
