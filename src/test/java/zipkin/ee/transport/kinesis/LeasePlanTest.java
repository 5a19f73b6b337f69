package zipkin.ee.transport.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeasePlanTest {
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final LeasePlan plan = new LeasePlan("me", SILENCE, nanos::get);

    private static Lease lease(String shard, @Nullable String owner, long counter, String... parents) {
        return new Lease(shard, owner, counter, "5", 0, List.of(parents));
    }

    private static Shard shard(String id, boolean open, String... parents) {
        return new Shard(id, List.of(parents), open);
    }

    @Test
    void leaseOfNobody_isTaken() {
        assertThat(plan.toTake(List.of(lease("a", null, 3)))).containsExactly(lease("a", null, 3));
    }

    @Test
    void leaseOfAnother_isTakenOnceItsCounterStandsStill() {
        assertThat(plan.toTake(List.of(lease("a", "other", 1)))).isEmpty();
        nanos.addAndGet(SILENCE.toNanos() - 1);
        assertThat(plan.toTake(List.of(lease("a", "other", 2)))).isEmpty();
        nanos.addAndGet(SILENCE.toNanos() - 1);
        assertThat(plan.toTake(List.of(lease("a", "other", 2)))).isEmpty();
        nanos.addAndGet(1);
        assertThat(plan.toTake(List.of(lease("a", "other", 2)))).containsExactly(lease("a", "other", 2));
    }

    @Test
    void leases_areShared_oneAtATimeFromWhoHasMost() {
        List<Lease> all =
                List.of(lease("a", "other", 1), lease("b", "other", 1), lease("c", "other", 1), lease("d", "third", 1));

        assertThat(plan.toTake(all)).singleElement().extracting(Lease::owner).isEqualTo("other");
        assertThat(plan.toTake(List.of(lease("a", "other", 1), lease("b", "me", 1), lease("c", "other", 1))))
                .isEmpty();
        assertThat(plan.toTake(List.of(lease("a", "other", 1)))).isEmpty();
    }

    @Test
    void freeLeases_areTakenUpToTheShare() {
        assertThat(plan.toTake(
                        List.of(lease("a", "other", 1), lease("b", null, 1), lease("c", null, 1), lease("d", null, 1))))
                .hasSize(2)
                .allMatch(lease -> lease.owner() == null);
    }

    @Test
    void child_waitsForItsParents() {
        Lease left = lease("left", null, 1);
        Lease ended = new Lease("right", "other", 1, Lease.SHARD_END, 0, List.of());
        Lease child = lease("child", null, 1, "left", "right");

        assertThat(plan.toTake(List.of(left, ended, child))).containsExactly(left);
        assertThat(plan.toTake(List.of(new Lease("left", "me", 1, Lease.SHARD_END, 0, List.of()), ended, child)))
                .containsExactly(child);
        assertThat(plan.toTake(List.of(child))).containsExactly(child);
    }

    @Test
    void firstLeases_areForOpenShardsFromNowOn_orForAllFromTheOldestRecord() {
        List<Shard> shards = List.of(shard("old", false), shard("a", true, "old"), shard("b", true, "old"));

        assertThat(LeasePlan.missing(shards, Set.of(), false))
                .extracting(Lease::shardId, Lease::checkpoint)
                .containsExactly(tuple("a", Lease.LATEST), tuple("b", Lease.LATEST));
        assertThat(LeasePlan.missing(shards, Set.of(), true))
                .extracting(Lease::shardId, Lease::checkpoint)
                .containsExactly(
                        tuple("old", Lease.TRIM_HORIZON),
                        tuple("a", Lease.TRIM_HORIZON),
                        tuple("b", Lease.TRIM_HORIZON));
    }

    /** A shard was split twice while no server ran. */
    @Test
    void descendantsOfReadShards_areReadFromTheirFirstRecord() {
        List<Shard> shards = List.of(
                shard("read", false),
                shard("left", false, "read"),
                shard("right", true, "read"),
                shard("leftmost", true, "left"),
                shard("new", true));

        assertThat(LeasePlan.missing(shards, Set.of("read"), false))
                .extracting(Lease::shardId, Lease::checkpoint, Lease::parents)
                .containsExactly(
                        tuple("left", Lease.TRIM_HORIZON, List.of("read")),
                        tuple("right", Lease.TRIM_HORIZON, List.of("read")),
                        tuple("leftmost", Lease.TRIM_HORIZON, List.of("left")),
                        tuple("new", Lease.LATEST, List.of()));
    }
}
