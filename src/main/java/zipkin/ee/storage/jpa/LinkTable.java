package zipkin.ee.storage.jpa;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import zipkin.ee.link.LinkStore;
import zipkin2.DependencyLink;

/** Dependency links by day, and the batches that are not counted in them yet. Thread safe. */
final class LinkTable implements LinkStore {
    private final Transactions transactions;
    private final TraceReader reader;
    private final Leases leases;
    private final Clock clock;
    private final long restMillis;

    LinkTable(Transactions transactions, TraceReader reader, Leases leases, Clock clock, Duration rest) {
        this.transactions = transactions;
        this.reader = reader;
        this.leases = leases;
        this.clock = clock;
        this.restMillis = rest.toMillis();
    }

    /** Links of all days that the window touches, in UTC. */
    List<DependencyLink> find(long endMillis, long lookbackMillis) {
        int from = Days.of(Math.max(0, endMillis - lookbackMillis));
        int to = Days.of(endMillis);
        List<Object[]> rows = transactions.call(manager -> manager.createQuery(
                        "SELECT l.parent, l.child, SUM(l.calls), SUM(l.errors) FROM LinkRow l"
                                + " WHERE l.day >= :from AND l.day <= :to GROUP BY l.parent, l.child"
                                + " ORDER BY l.parent, l.child",
                        Object[].class)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultList());
        return rows.stream()
                .filter(row -> ((Number) row[2]).longValue() > 0)
                .map(row -> DependencyLink.newBuilder()
                        .parent((String) row[0])
                        .child((String) row[1])
                        .callCount(((Number) row[2]).longValue())
                        .errorCount(((Number) row[3]).longValue())
                        .build())
                .toList();
    }

    /** Batches that are not counted, whether or not they have rested long enough. */
    long pendingBatches() {
        return transactions.call(manager -> manager.createQuery("SELECT COUNT(p) FROM PendingRow p", Long.class)
                .getSingleResult());
    }

    @Override
    public int step(ToIntFunction<Step> counting) {
        return leases.call(
                Leases.LINKS,
                0,
                manager -> counting.applyAsInt(new LinkStep(manager, reader, clock.millis(), restMillis)));
    }
}
