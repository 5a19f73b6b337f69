package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import zipkin.ee.storage.jpa.index.BatchHeader;
import zipkin.ee.storage.jpa.index.DurationRange;

/** Every trace of the window, for queries without a condition. */
final class AllTraces implements TraceWalk {
    private final EntityManager manager;
    private final Headers headers;
    private final DurationRange durations;
    private final long lowest;
    private final Map<Long, Long> found = new HashMap<>();
    private long reach;
    private boolean ended;
    private int pageSize = TermWalk.FIRST_PAGE;

    AllTraces(EntityManager manager, Headers headers, DurationRange durations, long lowest, long highest) {
        this.manager = manager;
        this.durations = durations;
        this.headers = headers;
        this.lowest = lowest;
        this.reach = highest + 1;
    }

    @Override
    public void advance() {
        if (ended) {
            return;
        }
        List<Object[]> rows = manager.createQuery(
                        "SELECT b.id, b.header FROM BatchRow b WHERE b.id >= :lowest AND b.id < :reach "
                                + "ORDER BY b.id DESC",
                        Object[].class)
                .setParameter("lowest", lowest)
                .setParameter("reach", reach)
                .setMaxResults(pageSize)
                .getResultList();
        for (Object[] row : rows) {
            headers.put((Long) row[0], (byte[]) row[1]);
            BatchHeader header = Objects.requireNonNull(headers.get((Long) row[0]));
            BitSet all = new BitSet();
            all.set(0, header.spans());
            durations.retain(header, all);
            Headers.collect(header, all, found);
        }
        ended = rows.size() < pageSize;
        reach = ended ? lowest : (Long) rows.get(rows.size() - 1)[0];
        pageSize = Math.min(pageSize * TermWalk.GROWTH, TermWalk.LARGEST_PAGE);
    }

    @Override
    public long reach() {
        return reach;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Map<Long, Long> found() {
        return found;
    }
}
