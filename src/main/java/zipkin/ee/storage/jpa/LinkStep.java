package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import zipkin.ee.link.LinkChanges.Change;
import zipkin.ee.link.LinkChanges.Link;
import zipkin.ee.link.LinkStore;
import zipkin.ee.link.TraceSpans;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.jpa.StoredSpans.Stored;
import zipkin.ee.storage.jpa.index.BatchHeader;
import zipkin.ee.storage.jpa.model.LinkRow;

/** Counts the oldest batches that have rested, within one transaction. */
final class LinkStep implements LinkStore.Step {
    private static final int MAX_BATCHES = 100;
    private static final int MAX_SPANS = 10_000;
    private static final int BATCHES_PER_QUERY = 500;

    private final EntityManager manager;
    private final TraceReader reader;
    private final long nowMillis;
    private final long restMillis;
    private final Set<Long> batches = new LinkedHashSet<>();
    private final Set<Long> traces = new LinkedHashSet<>();

    LinkStep(EntityManager manager, TraceReader reader, long nowMillis, long restMillis) {
        this.manager = manager;
        this.reader = reader;
        this.nowMillis = nowMillis;
        this.restMillis = restMillis;
    }

    @Override
    public boolean pending() {
        List<Long> due = manager.createQuery(
                        "SELECT p.batch FROM PendingRow p WHERE p.storedMillis <= :due ORDER BY p.storedMillis",
                        Long.class)
                .setParameter("due", nowMillis - restMillis)
                .setMaxResults(MAX_BATCHES)
                .getResultList();
        Map<Long, Object[]> rows = headers(due);
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
            if (!isRead && !batches.isEmpty() && spans + (Integer) row[1] > MAX_SPANS) {
                break;
            }
            spans += isRead ? 0 : (Integer) row[1];
            batches.add(batch);
            LongStream.of(here).forEach(traces::add);
        }
        return !batches.isEmpty();
    }

    /** Id, spans and header by the id of the batch; a batch that was deleted meanwhile has none. */
    private Map<Long, Object[]> headers(List<Long> due) {
        Map<Long, Object[]> rows = new HashMap<>();
        if (!due.isEmpty()) {
            manager.createQuery("SELECT b.id, b.spans, b.header FROM BatchRow b WHERE b.id IN :ids", Object[].class)
                    .setParameter("ids", due)
                    .getResultList()
                    .forEach(row -> rows.put((Long) row[0], row));
        }
        return rows;
    }

    @Override
    public Collection<TraceSpans> read() {
        // Most traces lie in these batches alone, whose rows are neighbours; the others are looked
        // up by their ids.
        Map<Long, List<Stored>> stored = new LinkedHashMap<>(reader.readBatches(manager, batches));
        // A large trace is likely to, and looking through its rows is no faster than reading them.
        Set<Long> elsewhere = new LinkedHashSet<>();
        stored.forEach((trace, spans) -> {
            if (spans.size() >= LargeTraces.ROWS) {
                elsewhere.add(trace);
            }
        });
        Set<Long> others = new LinkedHashSet<>(traces);
        others.removeAll(elsewhere);
        elsewhere.addAll(reader.alsoElsewhere(manager, others, batches));
        stored.putAll(reader.readForLinks(manager, elsewhere));
        // Asked after the spans were read, so that no uncounted span is taken for a counted one.
        Set<Long> uncounted = uncounted(stored.values());
        List<TraceSpans> read = new ArrayList<>(stored.size());
        for (List<Stored> spans : stored.values()) {
            TraceSpans trace = new TraceSpans();
            for (Stored each : spans) {
                boolean isCounted = !uncounted.contains(each.batch());
                if (isCounted || batches.contains(each.batch())) {
                    trace.add(each.span(), isCounted);
                }
            }
            read.add(trace);
        }
        return read;
    }

    private Set<Long> uncounted(Collection<List<Stored>> stored) {
        Set<Long> all = new LinkedHashSet<>();
        stored.forEach(trace -> trace.forEach(each -> all.add(each.batch())));
        Set<Long> uncounted = new HashSet<>(batches);
        for (List<Long> ids : Pages.of(List.copyOf(all), BATCHES_PER_QUERY)) {
            uncounted.addAll(
                    manager.createQuery("SELECT p.batch FROM PendingRow p WHERE p.batch IN :batches", Long.class)
                            .setParameter("batches", ids)
                            .getResultList());
        }
        return uncounted;
    }

    @Override
    public boolean apply(Map<Link, Change> changes) {
        changes.forEach(this::apply);
        manager.createQuery("DELETE FROM PendingRow p WHERE p.batch IN :batches")
                .setParameter("batches", new ArrayList<>(batches))
                .executeUpdate();
        return true;
    }

    private void apply(Link link, Change change) {
        int today = Days.of(nowMillis);
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
    }
}
