package zipkin.ee.collect;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;

/**
 * Waits for the collector, on the caller's thread and within COLLECTOR_MESSAGE_TIMEOUT, for
 * transports that acknowledge a message once its spans are stored. Thread safe.
 */
@SingleInstance
public class MessageIntake {
    /** Decoded spans take up to some ten times the bytes of their message. */
    private static final int WINDOW_SHARE = 16;

    private final Collector collector;
    private final long timeoutNanos;
    private final int window;
    private final long windowBytes;

    @Inject
    public MessageIntake(Collector collector, CollectorSettings settings, BudgetSettings bounds) {
        this.collector = collector;
        this.timeoutNanos = settings.messageTimeout().toNanos();
        // So that one poll does not fill the storage's queue, which other transports need too.
        this.window = Math.max(1, settings.queueSize() / 2);
        this.windowBytes = bounds.decodedBytes() / WINDOW_SHARE;
    }

    public Outcome take(Delivery delivery) {
        return takeAll(List.of(delivery)).get(0);
    }

    /**
     * Takes messages, at most half as many at a time as the storage's queue holds, and at most a
     * sixteenth of the budget of decoded spans in bytes.
     *
     * @return an outcome for each, in order
     */
    public List<Outcome> takeAll(List<Delivery> deliveries) {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        List<CompletableFuture<Outcome>> running = new ArrayList<>(deliveries.size());
        List<Outcome> outcomes = new ArrayList<>(deliveries.size());
        long runningBytes = 0;
        for (Delivery delivery : deliveries) {
            int bytes = delivery.message().length;
            while (running.size() > outcomes.size()
                    && (running.size() - outcomes.size() >= window || runningBytes + bytes > windowBytes)) {
                runningBytes -= deliveries.get(outcomes.size()).message().length;
                outcomes.add(await(running.get(outcomes.size()), deadlineNanos, Long.MAX_VALUE, () -> {}));
            }
            runningBytes += bytes;
            running.add(collector.accept(delivery).toCompletableFuture());
        }
        while (outcomes.size() < running.size()) {
            outcomes.add(await(running.get(outcomes.size()), deadlineNanos, Long.MAX_VALUE, () -> {}));
        }
        return outcomes;
    }

    /**
     * Waits for the outcome of one message.
     *
     * @param keepAlive runs after each {@code interval} without an outcome, such as to keep the
     *     message hidden from other consumers
     */
    public Outcome await(CompletionStage<Outcome> outcome, Duration interval, Runnable keepAlive) {
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        return await(outcome.toCompletableFuture(), deadlineNanos, interval.toNanos(), keepAlive);
    }

    private static Outcome await(
            CompletableFuture<Outcome> outcome, long deadlineNanos, long intervalNanos, Runnable keepAlive) {
        while (true) {
            long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
            try {
                return outcome.get(Math.min(leftNanos, intervalNanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (leftNanos <= intervalNanos) {
                    return new Outcome.TryLater(
                            "The storage did not store the spans within COLLECTOR_MESSAGE_TIMEOUT.");
                }
                keepAlive.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.TryLater("The server is being stopped.");
            } catch (ExecutionException e) {
                throw new IllegalStateException("The collector never fails", e);
            }
        }
    }
}
