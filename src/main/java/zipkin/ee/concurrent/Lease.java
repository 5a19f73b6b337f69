package zipkin.ee.concurrent;

import java.time.Clock;
import java.util.UUID;

/**
 * The right of one server to do a task that several servers share, which each of them can take once
 * its owner has stopped renewing it. The database that they share keeps the {@link Claim} and
 * replaces it only on condition that it is unchanged. The servers' clocks should agree to within a
 * few seconds; otherwise tasks move between servers more often. Thread safe.
 */
public final class Lease {
    private static final long LENGTH_MILLIS = 30_000;

    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();

    /**
     * A lease as the database keeps it.
     *
     * @param owner names one run of a server; empty for nobody
     * @param untilMillis epoch milliseconds at which another server may take the lease
     */
    public record Claim(String owner, long untilMillis) {
        public static final Claim NOBODY = new Claim("", 0);
    }

    public Lease(Clock clock) {
        this.clock = clock;
    }

    /** The claim that takes or renews the lease now, for 30 seconds. */
    public Claim claim() {
        return new Claim(owner, clock.millis() + LENGTH_MILLIS);
    }

    /** Whether this server has the lease or may take it. */
    public boolean isAvailable(Claim present) {
        return isOwn(present) || present.untilMillis() <= clock.millis();
    }

    /** Whether this server does not have the lease, or has less than half of its time left. */
    public boolean needsRenewal(Claim present) {
        return !isOwn(present) || present.untilMillis() - clock.millis() < LENGTH_MILLIS / 2;
    }

    private boolean isOwn(Claim claim) {
        return claim.owner().equals(owner);
    }
}
