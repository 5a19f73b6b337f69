package zipkin.ee.transport.kinesis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import zipkin.ee.collect.Outcome;
import zipkin.ee.fault.DeadLetterLog;
import zipkin.ee.text.SafeLogger;
import zipkin.ee.transport.polled.PollResult;
import zipkin.ee.transport.polled.Poller;

/**
 * Reads one shard whose lease this server has: read, store, move the checkpoint. One thread at a
 * time; {@link #lose} may be called by any.
 */
final class ShardReader implements Poller {
    private static final Logger LOGGER = SafeLogger.of(ShardReader.class.getName());
    /** A shard allows five reads a second to all its readers together. */
    private static final long BUSY_MILLIS = 200;

    private static final long IDLE_MILLIS = 1000;

    private final KinesisStream stream;
    private final LeaseTable leases;
    private final Delivery delivery;
    private final String shardId;
    private final long sinceMillis;
    private String checkpoint;
    private @Nullable String iterator;
    private volatile boolean ended;
    private volatile boolean lost;

    /**
     * What all readers of a stream share.
     *
     * @param storing stores messages and returns an outcome for each, in order
     * @param maxRecords of one read
     */
    record Delivery(Function<List<byte[]>, List<Outcome>> storing, int maxRecords, DeadLetterLog deadLetterLog) {}

    /**
     * @param sinceMillis what LATEST means
     */
    ShardReader(KinesisStream stream, LeaseTable leases, Delivery delivery, Lease lease, long sinceMillis) {
        this.stream = stream;
        this.leases = leases;
        this.delivery = delivery;
        this.shardId = lease.shardId();
        this.sinceMillis = sinceMillis;
        this.checkpoint = lease.checkpoint();
    }

    String shardId() {
        return shardId;
    }

    /** Another server has the lease, or should have it. */
    void lose() {
        lost = true;
    }

    /** Whether there is nothing more to read. */
    boolean isOver() {
        return lost || ended;
    }

    /** Whether all of the shard is stored. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public PollResult poll(long backOffMillis) {
        if (isOver()) {
            return PollResult.OVER;
        }
        @Nullable String from = iterator;
        // After a failure the next read starts from the checkpoint.
        iterator = null;
        try {
            return read(from == null ? stream.iterator(shardId, checkpoint, sinceMillis) : from);
        } catch (ExpiredIteratorException e) {
            return PollResult.again(0);
        } catch (ProvisionedThroughputExceededException e) { // Others read the shard too.
            LOGGER.log(Level.DEBUG, "A shard allows no more reads now", e);
            return PollResult.again(backOffMillis);
        }
    }

    private PollResult read(String from) {
        KinesisStream.Batch batch = stream.read(from, delivery.maxRecords());
        List<KinesisStream.Entry> entries = batch.entries();
        Stored stored = store(entries);
        if (stored.problem() != null) {
            if (stored.count() > 0) {
                keep(entries.get(stored.count() - 1).sequenceNumber());
            }
            return PollResult.failed(stored.problem());
        }
        if (batch.next() == null) {
            keep(Lease.SHARD_END);
            ended = !lost;
        } else if (!entries.isEmpty()) {
            keep(entries.get(entries.size() - 1).sequenceNumber());
        }
        iterator = batch.next();
        boolean busy = batch.behindMillis() > 0 || entries.size() == delivery.maxRecords();
        return isOver() ? PollResult.OVER : PollResult.again(busy ? BUSY_MILLIS : IDLE_MILLIS);
    }

    /**
     * How much of a read is stored.
     *
     * @param count records before the first of which something has to be read again
     */
    private record Stored(int count, @Nullable String problem) {}

    private Stored store(List<KinesisStream.Entry> entries) {
        if (entries.isEmpty()) {
            return new Stored(0, null);
        }
        List<byte[]> messages = new ArrayList<>();
        entries.forEach(entry -> messages.addAll(entry.messages()));
        List<Outcome> outcomes = delivery.storing().apply(messages);
        int first = 0;
        for (int i = 0; i < entries.size(); i++) {
            KinesisStream.Entry entry = entries.get(i);
            int end = first + entry.messages().size();
            for (Outcome outcome : outcomes.subList(first, end)) {
                if (outcome instanceof Outcome.TryLater later) {
                    return new Stored(i, later.reason());
                }
                if (outcome instanceof Outcome.Malformed malformed) {
                    delivery.deadLetterLog()
                            .add(
                                    "stays in the stream, shard " + shardId + ", sequence number "
                                            + entry.sequenceNumber(),
                                    malformed.reason());
                }
            }
            first = end;
        }
        return new Stored(entries.size(), null);
    }

    private void keep(String reached) {
        if (!leases.checkpoint(shardId, reached)) {
            lost = true;
        }
        checkpoint = reached;
    }
}
