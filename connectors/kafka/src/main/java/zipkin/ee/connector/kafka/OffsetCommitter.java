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
 * What is done and not committed yet. What is never committed comes again, here or at another
 * member. Not thread safe.
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
     * Commits what is done, or leaves it for the next call when the brokers or a rebalance do not
     * let it now.
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
