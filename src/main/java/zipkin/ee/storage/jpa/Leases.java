package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.function.Function;
import zipkin.ee.concurrent.Lease;

/**
 * Runs the transactions of background tasks, each in the one of the servers sharing a database that
 * has the task's lease. Thread safe.
 */
final class Leases {
    static final String LINKS = "links";
    static final String RETENTION = "retention";

    private final Transactions transactions;
    private final Clock clock;
    private final Lease lease;

    Leases(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.lease = new Lease(clock);
    }

    /**
     * Takes or renews the lease and does the work in one transaction. That locks the lease, so that
     * two servers never work at the same time even if one of them was suspended meanwhile.
     *
     * @param otherwise the result when another server has the lease
     */
    <T> T call(String task, T otherwise, Function<EntityManager, T> work) {
        return DatabaseConflicts.retrying(
                () -> transactions.call(manager -> take(manager, task) ? work.apply(manager) : otherwise));
    }

    private boolean take(EntityManager manager, String task) {
        Lease.Claim claim = lease.claim();
        int taken = manager.createQuery("UPDATE LeaseRow l SET l.owner = :owner, l.untilMillis = :until"
                        + " WHERE l.name = :task AND (l.owner = :owner OR l.untilMillis < :now)")
                .setParameter("owner", claim.owner())
                .setParameter("until", claim.untilMillis())
                .setParameter("task", task)
                .setParameter("now", clock.millis())
                .executeUpdate();
        return taken == 1;
    }
}
