package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.ReadRoom;
import zipkin.ee.storage.PageSize;

/**
 * Reads the rows of whole traces, page by page, so that large ones are never in memory all at once.
 * They are ordered as the index of traces is: with another order and a small limit MariaDB reads
 * the whole table. Used by one query.
 */
final class TracePages {
    private static final int IDS_PER_QUERY = 200;
    private static final int USUAL_ROWS = 4;
    private static final String OF_TRACES = StoredSpans.SELECT + "s.traceLow IN :ids";
    private static final String AFTER = " AND s.batch >= :batch AND (s.batch > :batch OR s.ord > :ord)";
    private static final String ORDER = " ORDER BY s.traceLow, s.batch, s.ord";

    private final EntityManager manager;
    private final StoredSpans spans;
    private final LargeTraces large;
    private final int maxRows;
    private final PageSize pageSize = new PageSize();
    private int room;

    /**
     * @param large gets to know the large ones among the traces
     * @param maxRows most rows that are read; spans beyond are left out
     */
    TracePages(EntityManager manager, StoredSpans spans, LargeTraces large, int maxRows) {
        this.manager = manager;
        this.spans = spans;
        this.large = large;
        this.maxRows = maxRows;
        this.room = maxRows;
    }

    /** Adds the spans of these traces. */
    void read(Collection<Long> traces) {
        List<Long> ids = traces.stream().sorted().toList();
        int from = 0;
        while (from < ids.size() && room > 0) {
            int size = pageSize.next(room);
            List<Long> fitting = ids.subList(from, Math.min(ids.size(), from + fitting(size, from)));
            List<Long> some = fitting.subList(0, large.together(fitting));
            if (large.contains(some.get(0))) {
                ReadRoom.expect(LargeTraces.LEAST_BYTES);
            }
            List<Object[]> rows = page(some, null, size);
            int whole = add(rows, size);
            if (whole == rows.size()) {
                from += some.size();
                continue;
            }
            Long cut = (Long) rows.get(whole)[2];
            Object[] last = whole == 0 ? null : rows.get(whole - 1);
            readRest(cut, last != null && last[2].equals(cut) ? last : null);
            from = ids.indexOf(cut) + 1;
        }
    }

    /**
     * How many of the next traces a page is likely to hold, from the rows of those that were read.
     * More would be read in vain: H2 reads all rows of all traces of a query, whatever its limit.
     */
    private int fitting(int pageRows, int tracesRead) {
        long rowsPerTrace = tracesRead == 0 ? USUAL_ROWS : Math.max(1, (maxRows - room) / tracesRead);
        return (int) Math.max(1, Math.min(IDS_PER_QUERY, pageRows / rowsPerTrace));
    }

    private void readRest(Long trace, Object @Nullable [] after) {
        Object @Nullable [] last = after;
        int before = room;
        while (room > 0) {
            int size = pageSize.next(room);
            List<Object[]> rows = page(List.of(trace), last, size);
            int whole = add(rows, size);
            large.read(trace, before - room);
            if (whole == rows.size()) {
                return;
            }
            if (whole > 0) {
                last = rows.get(whole - 1);
            }
        }
    }

    private List<Object[]> page(List<Long> traces, Object @Nullable [] after, int size) {
        TypedQuery<Object[]> query = manager.createQuery(
                        OF_TRACES + (after == null ? "" : AFTER) + ORDER, Object[].class)
                .setParameter("ids", traces)
                .setMaxResults(size);
        if (after != null) {
            query.setParameter("batch", after[0]).setParameter("ord", after[1]);
        }
        return query.getResultList();
    }

    /**
     * How many of the rows were added; not all when the page was full and the last span may go on.
     */
    private int add(List<Object[]> rows, int size) {
        long bytes = 0;
        for (Object[] row : rows) {
            bytes += ((byte[]) row[4]).length;
        }
        pageSize.read(rows.size(), bytes);
        int whole = spans.add(rows, rows.size() == size);
        if (rows.size() == room) {
            room = 0;
            return rows.size();
        }
        if (whole == 0 && !rows.isEmpty()) {
            pageSize.grow();
        }
        room -= whole;
        return whole;
    }
}
