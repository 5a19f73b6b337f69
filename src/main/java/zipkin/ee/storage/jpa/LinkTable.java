package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import zipkin.ee.link.LinkBacklog;
import zipkin.ee.link.LinkChanges;
import zipkin.ee.storage.DistinctSpans;
import zipkin.ee.storage.jpa.StoredSpans.Stored;
import zipkin.ee.storage.jpa.index.BatchHeader;
import zipkin.ee.storage.jpa.model.LinkRow;
import zipkin2.DependencyLink;

/** Dependency links by day, and the batches that are not counted in them yet. Thread safe. */
final class LinkTable implements LinkBacklog {
    private static final int BATCHES_AT_ONCE = 100;
    private static final int SPANS_AT_ONCE = 10_000;
    private static final int BATCHES_PER_QUERY = 500;

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

    /** Stored spans that wait, whether or not they have rested long enough. */
    long pendingBatches() {
        return transactions.call(manager -> manager.createQuery("SELECT COUNT(p) FROM PendingRow p", Long.class)
                .getSingleResult());
    }

    @Override
    public int countSome() {
        return DatabaseConflicts.retrying(
                () -> transactions.call(manager -> leases.take(manager, Leases.LINKS) ? count(manager) : 0));
    }

    private int count(EntityManager manager) {
        Set<Long> traces = new LinkedHashSet<>();
        Set<Long> batches = due(manager, traces);
        if (batches.isEmpty()) {
            return 0;
        }
        // Most traces lie in these batches alone, whose rows are neighbours; the others are looked
        // up by their ids.
        Map<Long, List<Stored>> stored = new LinkedHashMap<>(reader.readBatches(manager, batches));
        List<Long> elsewhere = reader.alsoElsewhere(manager, traces, batches);
        stored.putAll(reader.readForLinks(manager, elsewhere));
        Set<Long> later = pending(manager, stored);
        later.removeAll(batches);
        LinkChanges changes = new LinkChanges();
        for (List<Stored> trace : stored.values()) {
            DistinctSpans counted = new DistinctSpans();
            DistinctSpans present = new DistinctSpans();
            for (Stored each : trace) {
                if (!later.contains(each.batch())) {
                    present.add(each.span());
                    if (!batches.contains(each.batch())) {
                        counted.add(each.span());
                    }
                }
            }
            changes.add(counted.toList(), present.toList());
        }
        apply(manager, changes);
        manager.createQuery("DELETE FROM PendingRow p WHERE p.batch IN :batches")
                .setParameter("batches", new ArrayList<>(batches))
                .executeUpdate();
        return traces.size();
    }

    /** The oldest batches that have rested; their traces are added to {@code traces}. */
    private Set<Long> due(EntityManager manager, Set<Long> traces) {
        List<Long> due = manager.createQuery(
                        "SELECT p.batch FROM PendingRow p WHERE p.storedMillis <= :due ORDER BY p.storedMillis",
                        Long.class)
                .setParameter("due", clock.millis() - restMillis)
                .setMaxResults(BATCHES_AT_ONCE)
                .getResultList();
        Map<Long, Object[]> rows = headers(manager, due);
        Set<Long> batches = new LinkedHashSet<>();
        int spans = 0;
        for (Long batch : due) {
            Object[] row = rows.get(batch);
            if (row == null) {
                batches.add(batch);
                continue;
            }
            long[] here = BatchHeader.decode((byte[]) row[2], batch).traces();
            // Traces that are read anyway cost nothing more, so a large one is read once and not
            // once for each of its batches.
            boolean isRead = LongStream.of(here).allMatch(traces::contains);
            if (!isRead && !batches.isEmpty() && spans + (Integer) row[1] > SPANS_AT_ONCE) {
                break;
            }
            spans += isRead ? 0 : (Integer) row[1];
            batches.add(batch);
            LongStream.of(here).forEach(traces::add);
        }
        return batches;
    }

    /** By the id of the batch: id, spans, header; none of a batch that was deleted meanwhile. */
    private static Map<Long, Object[]> headers(EntityManager manager, List<Long> batches) {
        Map<Long, Object[]> rows = new HashMap<>();
        if (!batches.isEmpty()) {
            manager.createQuery("SELECT b.id, b.spans, b.header FROM BatchRow b WHERE b.id IN :ids", Object[].class)
                    .setParameter("ids", batches)
                    .getResultList()
                    .forEach(row -> rows.put((Long) row[0], row));
        }
        return rows;
    }

    /**
     * Of the batches that hold these spans, those that are not counted. Asked after the spans were
     * read, so none is missed.
     */
    private static Set<Long> pending(EntityManager manager, Map<Long, List<Stored>> stored) {
        Set<Long> all = new LinkedHashSet<>();
        stored.values().forEach(trace -> trace.forEach(each -> all.add(each.batch())));
        List<Long> ids = new ArrayList<>(all);
        Set<Long> pending = new HashSet<>();
        for (int from = 0; from < ids.size(); from += BATCHES_PER_QUERY) {
            pending.addAll(manager.createQuery("SELECT p.batch FROM PendingRow p WHERE p.batch IN :batches", Long.class)
                    .setParameter("batches", ids.subList(from, Math.min(ids.size(), from + BATCHES_PER_QUERY)))
                    .getResultList());
        }
        return pending;
    }

    private void apply(EntityManager manager, LinkChanges changes) {
        int today = Days.of(clock.millis());
        changes.toApply().forEach((link, change) -> {
            LinkRow.Key key = new LinkRow.Key();
            key.day = link.day();
            key.parentId = Names.id(Names.Kind.SERVICE, "", link.parent());
            key.childId = Names.id(Names.Kind.SERVICE, "", link.child());
            LinkRow row = manager.find(LinkRow.class, key);
            if (row == null) {
                manager.persist(new LinkRow(
                        key.day,
                        key.parentId,
                        key.childId,
                        Names.storable(link.parent()),
                        Names.storable(link.child()),
                        change.calls(),
                        change.errors(),
                        today));
            } else {
                row.calls += change.calls();
                row.errors += change.errors();
                row.seenDay = today;
            }
        });
    }
}
