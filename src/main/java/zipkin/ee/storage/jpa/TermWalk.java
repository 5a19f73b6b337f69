package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.util.List;
import zipkin.ee.storage.jpa.index.BatchIds;

/**
 * The index rows of one term from the newest batch to the oldest, in pages that grow. Each page is
 * a range of the primary key (bucket, term, batch) read backwards. Used by one thread.
 */
final class TermWalk {
    static final int FIRST_PAGE = 16;
    static final int GROWTH = 4;
    static final int LARGEST_PAGE = 1024;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Posting(int bucket, long batch, byte[] spans) {}

    private final EntityManager manager;
    private final long term;
    private final long lowest;
    private int bucket;
    private long reach;
    private boolean ended;
    private int pageSize = FIRST_PAGE;

    /**
     * @param lowest least batch id of the window
     * @param highest greatest batch id of the window
     */
    TermWalk(EntityManager manager, long term, long lowest, long highest) {
        this.manager = manager;
        this.term = term;
        this.lowest = lowest;
        this.reach = highest + 1;
        this.bucket = BatchIds.bucket(highest);
    }

    long term() {
        return term;
    }

    /** Rows below this batch have not been read yet. */
    long reach() {
        return reach;
    }

    boolean ended() {
        return ended;
    }

    /** The next rows, all of one bucket; none when ended. */
    List<Posting> next() {
        while (!ended) {
            int from = bucket;
            List<Posting> page = page();
            if (page.size() < pageSize) {
                leaveBucket();
            } else {
                reach = page.get(page.size() - 1).batch();
            }
            if (!page.isEmpty()) {
                if (bucket == from) {
                    pageSize = Math.min(pageSize * GROWTH, LARGEST_PAGE);
                }
                return page;
            }
        }
        return List.of();
    }

    private List<Posting> page() {
        return manager.createQuery(
                        "SELECT t.batch, t.spans FROM TermRow t WHERE t.bucket = :bucket AND t.term = :term"
                                + " AND t.batch >= :lowest AND t.batch < :reach ORDER BY t.batch DESC",
                        Object[].class)
                .setParameter("bucket", bucket)
                .setParameter("term", term)
                .setParameter("lowest", lowest)
                .setParameter("reach", reach)
                .setMaxResults(pageSize)
                .getResultStream()
                .map(row -> new Posting(bucket, (Long) row[0], (byte[]) row[1]))
                .toList();
    }

    /** Moves to the next older bucket that has any row. */
    private void leaveBucket() {
        List<Integer> older = manager.createQuery(
                        "SELECT t.bucket FROM TermRow t WHERE t.bucket < :bucket ORDER BY t.bucket DESC", Integer.class)
                .setParameter("bucket", bucket)
                .setMaxResults(1)
                .getResultList();
        if (older.isEmpty() || older.get(0) < BatchIds.bucket(lowest)) {
            ended = true;
            reach = lowest;
        } else {
            bucket = older.get(0);
            reach = Math.min(reach, BatchIds.lowestInBucket(bucket + 1));
        }
    }
}
