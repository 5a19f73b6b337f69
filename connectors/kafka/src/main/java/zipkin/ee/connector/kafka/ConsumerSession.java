package zipkin.ee.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.Outcome;
import zipkin.ee.connector.RetryPolicy;
import zipkin.ee.connector.SafeLogger;

/**
 * The life of one consumer: poll, deliver, dead-letter, commit. While a topic is full, not every
 * poll is followed by a commit. When records must be redelivered, the consumer seeks back to them,
 * pauses all partitions and keeps polling until the back-off is over: such polls return nothing and
 * keep the consumer in its group. Runs on the loop's thread, rebalances included.
 */
final class ConsumerSession implements ConsumerRebalanceListener {
    private static final Logger LOGGER = SafeLogger.of(ConsumerSession.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(5);
    /**
     * A commit is a request that the loop waits for, and polls of a full topic are more frequent
     * than that.
     */
    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ConsumerSettings settings;
    private final Consumer<byte[], byte[]> consumer;
    private final Endpoint endpoint;
    private final @Nullable DeadLetters deadLetters;
    private final SessionReport report;
    private final OffsetCommitter committer;
    private final RetryPolicy retries;
    private final LongSupplier nanoClock;
    private final BooleanSupplier stopped;

    /** Why messages have to come again; null when none do. */
    private @Nullable String waitingFor;

    private boolean paused;
    /** When the back-off is over, or was. */
    private long resumeNanos;

    /** When the next commit is due, if there is something to commit. */
    private long commitNanos;

    private boolean stored;
    private int failures;

    ConsumerSession(
            ConsumerSettings settings,
            Consumer<byte[], byte[]> consumer,
            Endpoint endpoint,
            @Nullable DeadLetters deadLetters,
            SessionReport report,
            LongSupplier nanoClock,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.deadLetters = deadLetters;
        this.report = report;
        this.committer = new OffsetCommitter(consumer);
        this.retries = new RetryPolicy(settings.maxBackOff());
        this.nanoClock = nanoClock;
        this.commitNanos = nanoClock.getAsLong();
        this.stopped = stopped;
    }

    /** Whether anything was stored by this consumer, so that its failure is a new one. */
    boolean stored() {
        return stored;
    }

    /**
     * Returns when asked to stop, after all processed offsets are committed. Throws errors that a
     * new consumer may not run into.
     */
    void run() {
        consumer.subscribe(settings.allTopics(), this);
        while (!stopped.getAsBoolean()) {
            poll();
        }
        committer.commit();
    }

    private void poll() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(pollTime());
            if (records.isEmpty()) {
                goOn();
            } else if (!stopped.getAsBoolean()) {
                deliver(new PollResult(records));
            }
            commitWhenDue(records.isEmpty());
            report.after(consumer, waitingFor, committer.problem(), nanoClock.getAsLong());
        } catch (WakeupException e) {
            LOGGER.log(Level.TRACE, "Woken up", e);
        }
    }

    private Duration pollTime() {
        long left = POLL.toNanos();
        if (paused) {
            left = Math.min(left, resumeNanos - nanoClock.getAsLong());
        }
        if (committer.isPending()) {
            left = Math.min(left, commitNanos - nanoClock.getAsLong());
        }
        return Duration.ofNanos(Math.max(0, left));
    }

    /**
     * Commits at once after the first poll and when the topic is empty, otherwise a few times a
     * second.
     */
    private void commitWhenDue(boolean idle) {
        long now = nanoClock.getAsLong();
        if (committer.isPending() && (idle || now - commitNanos >= 0)) {
            commitNanos = now + COMMIT_NANOS;
            committer.commit();
        }
    }

    private void deliver(PollResult pollResult) {
        List<Outcome> answers = endpoint.deliver(pollResult.messages(settings.otlpTopics()));
        pollResult.settle(answers, deadLetters);
        report.delivered(pollResult.answers());
        report.unreadable(pollResult.unreadable());
        committer.done(pollResult.done());
        if (!pollResult.done().isEmpty()) {
            stored = true;
            failures = 0;
        }
        String reason = pollResult.reason();
        if (reason == null) {
            waitingFor = null;
        } else {
            goBack(pollResult.again());
            pause(reason);
        }
    }

    /**
     * Skips partitions that another member has been assigned since; that member continues at the
     * committed offset.
     */
    private void goBack(Map<TopicPartition, Long> again) {
        Set<TopicPartition> assigned = consumer.assignment();
        again.forEach((partition, offset) -> {
            if (assigned.contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }

    private void pause(String reason) {
        waitingFor = reason;
        resumeNanos = nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(retries.pauseMillis(++failures));
        paused = true;
        consumer.pause(consumer.assignment());
    }

    /**
     * Clears the reason for redelivery, because another member may have been assigned the records.
     */
    private void goOn() {
        long sinceNanos = nanoClock.getAsLong() - resumeNanos;
        if (paused && sinceNanos >= 0) {
            paused = false;
            consumer.resume(consumer.paused());
        } else if (waitingFor != null && sinceNanos > FORGET_NANOS) {
            waitingFor = null;
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        report.joined();
        if (paused) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            committer.commit();
        } catch (KafkaException e) {
            LOGGER.log(Level.DEBUG, "Not committed before partitions went to others", e);
        }
        committer.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        committer.forget(partitions);
    }
}
