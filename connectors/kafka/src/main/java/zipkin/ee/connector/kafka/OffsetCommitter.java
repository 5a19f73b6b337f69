package zipkin.ee.connector.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import zipkin.ee.connector.SafeLogger;

/**
 * Keeps the offsets that are processed but not committed. Records whose offsets are never committed
 * are redelivered, to this consumer or to another member of the group. Not thread safe.
 */
final class OffsetCommitter {
    private static final Logger LOGGER = SafeLogger.of(OffsetCommitter.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private @Nullable String problem;

    OffsetCommitter(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void done(Map<TopicPartition, OffsetAndMetadata> offsets) {
        done.putAll(offsets);
    }

    /** Partitions that are another member's now. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(done::remove);
        if (done.isEmpty()) {
            problem = null;
        }
    }

    /** Whether something is to be committed. */
    boolean isPending() {
        return !done.isEmpty();
    }

    /** Why the last commit failed; null when it did not. */
    @Nullable
    String problem() {
        return problem;
    }

    /**
     * Commits the processed offsets. When the brokers or a rebalance prevent that, the next call
     * tries again.
     *
     * @throws org.apache.kafka.common.KafkaException for what trying again with this consumer does
     *     not help against
     */
    void commit() {
        if (done.isEmpty()) {
            return;
        }
        try {
            commitInSpiteOfWakeup();
            done.clear();
            problem = null;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            // The next poll goes through the rebalance, and says which partitions are lost.
            LOGGER.log(Level.DEBUG, "Not committed because of a rebalance: " + done, e);
        } catch (RetriableException e) {
            problem = KafkaErrors.text(e);
        }
    }

    /**
     * A wake-up is for the next poll; the deliveries of this one are done and should not be done
     * again.
     */
    private void commitInSpiteOfWakeup() {
        try {
            consumer.commitSync(done, LIMIT);
        } catch (WakeupException e) {
            consumer.commitSync(done, LIMIT);
        }
    }
}
