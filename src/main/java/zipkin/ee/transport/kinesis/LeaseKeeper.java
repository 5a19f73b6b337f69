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
import zipkin.ee.aws.AwsException;
import zipkin.ee.text.SafeLogger;

/**
 * Keeps the leases of this server alive, takes those that it should have, and tells the readers.
 * Runs on a thread of its own.
 */
final class LeaseKeeper implements Runnable {
    private static final Logger LOGGER = SafeLogger.of(LeaseKeeper.class.getName());
    private static final long ROUND_MILLIS = 3000;
    private static final long CREATING_MILLIS = 1000;
    /** By which our clock may be ahead of Kinesis's. */
    private static final long CLOCKS_MILLIS = 10_000;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final long LIST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final KinesisIntake intake;
    private final KinesisStream stream;
    private final LeaseTable table;
    private final String me;
    private final LeasePlan plan;
    private final boolean fromOldest;
    private final Map<String, ShardReader> readers = new HashMap<>();
    private boolean ready;
    private boolean listed;
    private long listedNanos;

    LeaseKeeper(KinesisIntake intake, KinesisStream stream, LeaseTable table, String me, boolean fromOldest) {
        this.intake = intake;
        this.stream = stream;
        this.table = table;
        this.me = me;
        this.plan = new LeasePlan(me, SILENCE, System::nanoTime);
        this.fromOldest = fromOldest;
    }

    @Override
    public void run() {
        while (!intake.isStopped()) {
            long millis = ROUND_MILLIS;
            try {
                ready = ready || table.isReady();
                if (ready) {
                    round();
                } else {
                    millis = CREATING_MILLIS;
                }
                intake.problems().works(this);
            } catch (RuntimeException e) { // AwsException among others: it goes on whatever happens
                LOGGER.log(e instanceof AwsException ? Level.DEBUG : Level.WARNING, "Leases cannot be kept", e);
                intake.problems().waits(this, String.valueOf(e.getMessage()));
                ready = !(e instanceof AwsException refused && refused.is("ResourceNotFoundException")) && ready;
            }
            intake.awaitStop(millis);
        }
        intake.awaitReaders();
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
            // taken, but DynamoDB's answer did not come
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
            ShardReader reader = new ShardReader(intake, stream, table, lease, sinceMillis);
            readers.put(lease.shardId(), reader);
            intake.read(reader);
        }
    }

    /**
     * Forgets readers that have nothing more to do. Whether one of them has read all of a shard,
     * whose children are to be read now.
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
        } catch (AwsException e) {
            LOGGER.log(Level.DEBUG, "A lease ends by itself", e);
        }
    }
}
