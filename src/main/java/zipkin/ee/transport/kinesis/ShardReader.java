package zipkin.ee.transport.kinesis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsException;
import zipkin.ee.collect.Outcome;
import zipkin.ee.text.SafeLogger;

/**
 * Reads one shard whose lease this server has: read, store, keep the checkpoint. One thread at a
 * time; {@link #lose} may be called by any.
 */
final class ShardReader implements Delayed {
    private static final Logger LOGGER = SafeLogger.of(ShardReader.class.getName());
    /** A shard gives five reads a second to all who read it. */
    private static final long BUSY_MILLIS = 200;

    private static final long IDLE_MILLIS = 1000;
    private static final long FIRST_PAUSE_MILLIS = 1000;

    private final KinesisIntake intake;
    private final KinesisStream stream;
    private final LeaseTable leases;
    private final String shardId;
    private final long sinceMillis;
    private String checkpoint;
    private @Nullable String iterator;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long dueNanos = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean lost;

    /**
     * @param sinceMillis what LATEST means
     */
    ShardReader(KinesisIntake intake, KinesisStream stream, LeaseTable leases, Lease lease, long sinceMillis) {
        this.intake = intake;
        this.stream = stream;
        this.leases = leases;
        this.shardId = lease.shardId();
        this.sinceMillis = sinceMillis;
        this.checkpoint = lease.checkpoint();
    }

    String shardId() {
        return shardId;
    }

    /** Another server has the lease, or should. */
    void lose() {
        lost = true;
    }

    /** Whether there is nothing more to do with it. */
    boolean isOver() {
        return lost || ended;
    }

    /** Whether all of the shard is stored. */
    boolean isEnded() {
        return ended;
    }

    /** Reads once; {@link #getDelay} says when to read again, if it is not over. */
    void read() {
        long millis;
        try {
            String problem = step();
            if (problem == null) {
                intake.problems().works(this);
                pauseMillis = FIRST_PAUSE_MILLIS;
                return;
            }
            intake.problems().waits(this, problem);
            millis = pauseMillis;
            pauseMillis = Math.min(intake.maxPauseMillis(), pauseMillis * 2);
            // AwsException among others: a reader goes on whatever happens
        } catch (RuntimeException e) {
            iterator = null;
            millis = pauseMillis;
            if (e instanceof AwsException refused && refused.is("ExpiredIteratorException")) {
                millis = 0;
            } else if (e instanceof AwsException refused
                    && refused.is("ProvisionedThroughputExceededException")) { // others read it too
                LOGGER.log(Level.DEBUG, "A shard gives no more reads now", e);
            } else {
                LOGGER.log(e instanceof AwsException ? Level.DEBUG : Level.WARNING, "A read of Kinesis failed", e);
                intake.problems().waits(this, String.valueOf(e.getMessage()));
                pauseMillis = Math.min(intake.maxPauseMillis(), pauseMillis * 2);
            }
        }
        restFor(millis);
    }

    private void restFor(long millis) {
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Why records have to come again; null when all is well. */
    private @Nullable String step() {
        String from = iterator == null ? stream.iterator(shardId, checkpoint, sinceMillis) : iterator;
        KinesisStream.Batch batch = stream.read(from, intake.maxRecords());
        List<KinesisStream.Entry> entries = batch.entries();
        int stored = 0;
        String problem = null;
        if (!entries.isEmpty()) {
            Delivery delivery = deliver(entries);
            stored = delivery.stored();
            problem = delivery.problem();
        }
        if (problem == null && batch.next() == null) {
            keep(Lease.SHARD_END);
            ended = !lost;
        } else if (stored > 0) {
            keep(entries.get(stored - 1).sequenceNumber());
        }
        iterator = problem == null ? batch.next() : null;
        restFor(batch.behindMillis() > 0 || entries.size() == intake.maxRecords() ? BUSY_MILLIS : IDLE_MILLIS);
        return problem;
    }

    private record Delivery(int stored, @Nullable String problem) {}

    /**
     * Up to the first record of which something has to come again; what is stored behind it is
     * stored again.
     */
    private Delivery deliver(List<KinesisStream.Entry> entries) {
        List<byte[]> messages = new ArrayList<>();
        int[] ends = new int[entries.size()];
        for (int i = 0; i < ends.length; i++) {
            messages.addAll(entries.get(i).messages());
            ends[i] = messages.size();
        }
        List<Outcome> outcomes = intake.store(messages);
        int message = 0;
        for (int i = 0; i < ends.length; i++) {
            for (; message < ends[i]; message++) {
                Outcome outcome = outcomes.get(message);
                if (outcome instanceof Outcome.TryLater later) {
                    return new Delivery(i, later.reason());
                }
                if (outcome instanceof Outcome.Malformed malformed) {
                    String place = "stays in the stream, shard " + shardId + ", sequence number "
                            + entries.get(i).sequenceNumber();
                    intake.deadLetterLog().add(place, malformed.reason());
                }
            }
        }
        return new Delivery(ends.length, null);
    }

    private void keep(String reached) {
        if (!leases.checkpoint(shardId, reached)) {
            lost = true;
        }
        checkpoint = reached;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
