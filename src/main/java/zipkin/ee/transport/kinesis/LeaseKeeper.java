package zipkin.ee.transport.kinesis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import zipkin.ee.text.SafeLogger;
import zipkin.ee.transport.polled.PollLoop;
import zipkin.ee.transport.polled.PollResult;
import zipkin.ee.transport.polled.Poller;

/**
 * Keeps the leases of this server alive, takes those that it should have, and has their shards
 * read.
 */
final class LeaseKeeper implements Poller {
    static final long ROUND_MILLIS = 3000;

    private static final Logger LOGGER = SafeLogger.of(LeaseKeeper.class.getName());
    private static final long CREATING_MILLIS = 1000;
    /** This server's clock may be ahead of Kinesis's by so much. */
    private static final long CLOCKS_MILLIS = 10_000;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final long LIST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STOP_SECONDS = 8;

    private final PollLoop shards;
    private final KinesisStream stream;
    private final LeaseTable table;
    private final ShardReader.Delivery delivery;
    private final String me;
    private final LeasePlan plan;
    private final boolean fromOldest;
    private final Map<String, ShardReader> readers = new HashMap<>();
    private boolean ready;
    private boolean listed;
    private long listedNanos;

    /**
     * @param shards polls the readers
     * @param me the owner for whom leases are taken
     * @param fromOldest where reading starts of a shard that nobody has read
     */
    LeaseKeeper(
            PollLoop shards,
            KinesisStream stream,
            LeaseTable table,
            ShardReader.Delivery delivery,
            String me,
            boolean fromOldest) {
        this.shards = shards;
        this.stream = stream;
        this.table = table;
        this.delivery = delivery;
        this.me = me;
        this.plan = new LeasePlan(me, SILENCE, System::nanoTime);
        this.fromOldest = fromOldest;
    }

    @Override
    public PollResult poll(long backOffMillis) {
        try {
            ready = ready || table.isReady();
            if (!ready) {
                return PollResult.again(CREATING_MILLIS);
            }
            round();
            return PollResult.again(ROUND_MILLIS);
        } catch (ResourceNotFoundException e) { // Somebody has deleted the table.
            ready = false;
            throw e;
        }
    }

    /** Gives the leases back once no shard is read any more. */
    @Override
    public void end() {
        if (!shards.awaitEnd(STOP_SECONDS)) {
            LOGGER.log(Level.DEBUG, "A shard is still being read; its records will be read again");
        }
        readers.keySet().forEach(this::release);
    }

    private void round() {
        List<Lease> leases = table.all();
        if (dropOver() || !listed || System.nanoTime() - listedNanos > LIST_NANOS) {
            compareWithStream(leases);
            leases = table.all();
        }
        Set<String> mine = leases.stream()
                .filter(lease -> me.equals(lease.owner()))
                .map(Lease::shardId)
                .collect(Collectors.toSet());
        for (Iterator<ShardReader> i = readers.values().iterator(); i.hasNext(); ) {
            ShardReader reader = i.next();
            if (!mine.contains(reader.shardId()) || !table.renew(reader.shardId())) {
                reader.lose();
                i.remove();
            }
        }
        for (Lease lease : leases) {
            // The lease may have been taken without DynamoDB's answer arriving.
            if (mine.contains(lease.shardId()) && !lease.isEnded()) {
                read(lease, lease.sinceMillis());
            }
        }
        for (Lease lease : plan.toTake(leases)) {
            long since = lease.sinceMillis() == 0 ? System.currentTimeMillis() - CLOCKS_MILLIS : lease.sinceMillis();
            if (table.take(lease, since)) {
                read(lease, since);
            }
        }
    }

    private void read(Lease lease, long sinceMillis) {
        if (!readers.containsKey(lease.shardId())) {
            ShardReader reader = new ShardReader(stream, table, delivery, lease, sinceMillis);
            readers.put(lease.shardId(), reader);
            shards.add(reader);
        }
    }

    /**
     * Forgets readers that are over. Whether one of them has read a shard to its end, so that its
     * children can be read now.
     */
    private boolean dropOver() {
        boolean ended = readers.values().stream().anyMatch(ShardReader::isEnded);
        readers.values().removeIf(ShardReader::isOver);
        return ended;
    }

    private void compareWithStream(List<Lease> leases) {
        List<Shard> shards = stream.shards();
        listed = true;
        listedNanos = System.nanoTime();
        Set<String> leased = leases.stream().map(Lease::shardId).collect(Collectors.toSet());
        LeasePlan.missing(shards, leased, fromOldest).forEach(table::add);
        Set<String> ids = shards.stream().map(Shard::id).collect(Collectors.toSet());
        for (Lease lease : leases) {
            if (!ids.contains(lease.shardId()) && !shards.isEmpty()) {
                if (!lease.isEnded()) {
                    LOGGER.log(
                            Level.WARNING,
                            "Shard {0} is gone from the stream before it was read to its end: its "
                                    + "records were older than the stream keeps them",
                            lease.shardId());
                }
                table.delete(lease.shardId());
            }
        }
    }

    private void release(String shardId) {
        try {
            table.release(shardId);
        } catch (SdkException e) {
            LOGGER.log(Level.DEBUG, "A lease could not be given back; it ends by itself", e);
        }
    }
}
