package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.UUID;

/**
 * Which of the servers that share a database does a background task: the one that has the task's
 * lease, until it lets it run out. Servers' clocks should agree to some seconds; when they do not,
 * tasks move between servers more often. Thread safe.
 */
final class Leases {
    static final String LINKS = "links";
    static final String RETENTION = "retention";

    private static final long LENGTH_MILLIS = 30_000;

    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();

    Leases(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes or prolongs the lease for 30 s within this transaction, and locks it, so that two
     * servers never work at the same time even if one of them was suspended meanwhile.
     *
     * @return false when another server has it
     */
    boolean take(EntityManager manager, String task) {
        long now = clock.millis();
        int taken = manager.createQuery("UPDATE LeaseRow l SET l.owner = :owner, l.untilMillis = :until"
                        + " WHERE l.name = :task AND (l.owner = :owner OR l.untilMillis < :now)")
                .setParameter("owner", owner)
                .setParameter("until", now + LENGTH_MILLIS)
                .setParameter("task", task)
                .setParameter("now", now)
                .executeUpdate();
        return taken == 1;
    }
}
