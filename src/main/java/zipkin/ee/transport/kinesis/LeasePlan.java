package zipkin.ee.transport.kinesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which leases should exist, and which of them this server should hold: as many as the other
 * servers, those of dead owners first. An owner whose counter stops advancing is dead, so the plan
 * remembers the counters that it has seen. Not thread safe.
 */
final class LeasePlan {
    private record Seen(@Nullable String owner, long counter, long nanos) {}

    private final String me;
    private final long silenceNanos;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * @param silence after which an owner's lease is free
     */
    LeasePlan(String me, Duration silence, LongSupplier nanos) {
        this.me = me;
        this.silenceNanos = silence.toNanos();
        this.nanos = nanos;
    }

    /**
     * Leases for shards that have none: where the stream grew out of shards that were read, from
     * the first record; elsewhere as configured, and then without shards that get no more.
     *
     * @param fromOldest from the first record everywhere
     */
    static List<Lease> missing(List<Shard> shards, Set<String> leased, boolean fromOldest) {
        Map<String, Shard> byId = shards.stream().collect(Collectors.toMap(Shard::id, shard -> shard));
        List<Lease> missing = new ArrayList<>();
        for (Shard shard : shards) {
            if (leased.contains(shard.id())) {
                continue;
            }
            if (fromOldest || descends(shard, byId, leased, new HashSet<>())) {
                missing.add(new Lease(shard.id(), null, 0, Lease.TRIM_HORIZON, 0, shard.parents()));
            } else if (shard.open()) {
                missing.add(new Lease(shard.id(), null, 0, Lease.LATEST, 0, shard.parents()));
            }
        }
        return missing;
    }

    private static boolean descends(Shard shard, Map<String, Shard> byId, Set<String> leased, Set<String> visited) {
        for (String parent : shard.parents()) {
            Shard listed = byId.get(parent);
            if (leased.contains(parent)
                    || (listed != null && visited.add(parent) && descends(listed, byId, leased, visited))) {
                return true;
            }
        }
        return false;
    }

    /** What this server should try to take now. */
    List<Lease> toTake(Collection<Lease> leases) {
        long now = nanos.getAsLong();
        Set<String> ended =
                leases.stream().filter(Lease::isEnded).map(Lease::shardId).collect(Collectors.toSet());
        Set<String> known = leases.stream().map(Lease::shardId).collect(Collectors.toSet());
        Predicate<Lease> readable = lease -> !lease.isEnded()
                && lease.parents().stream().allMatch(parent -> ended.contains(parent) || !known.contains(parent));
        List<Lease> free = new ArrayList<>();
        Map<String, List<Lease>> byOwner = new HashMap<>();
        byOwner.put(me, new ArrayList<>());
        for (Lease lease : leases) {
            boolean alive = isAlive(lease, now);
            if (!readable.test(lease)) {
                continue;
            }
            if (alive && lease.owner() != null) {
                byOwner.computeIfAbsent(lease.owner(), owner -> new ArrayList<>())
                        .add(lease);
            } else {
                free.add(lease);
            }
        }
        seen.keySet().retainAll(known);
        int readableCount =
                free.size() + byOwner.values().stream().mapToInt(List::size).sum();
        int share = (readableCount + byOwner.size() - 1) / byOwner.size();
        int wanted = share - byOwner.getOrDefault(me, List.of()).size();
        if (wanted <= 0) {
            return List.of();
        }
        if (!free.isEmpty()) {
            Collections.shuffle(free);
            return free.subList(0, Math.min(wanted, free.size()));
        }
        List<Lease> most = List.of();
        for (List<Lease> owned : byOwner.values()) {
            most = owned.size() > most.size() ? owned : most;
        }
        return most.size() > share ? List.of(most.get(0)) : List.of();
    }

    private boolean isAlive(Lease lease, long now) {
        Seen before = seen.get(lease.shardId());
        if (before == null || before.counter() != lease.counter() || !Objects.equals(before.owner(), lease.owner())) {
            seen.put(lease.shardId(), new Seen(lease.owner(), lease.counter(), now));
            return lease.owner() != null;
        }
        return lease.owner() != null && now - before.nanos() < silenceNanos;
    }
}
