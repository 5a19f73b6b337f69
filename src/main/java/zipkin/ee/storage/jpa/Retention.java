package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.storage.jpa.index.BatchIds;

/**
 * Deletes what is older than {@code STORAGE_RETENTION}, and the oldest beyond
 * {@code STORAGE_MAX_BYTES}, in transactions of some thousand rows each, so that writers go on
 * meanwhile. The index of a deleted batch goes with its six hours. Thread safe, but meant to run
 * once at a time.
 */
final class Retention {
    private static final int BATCHES_AT_ONCE = 100;
    private static final int SPANS_AT_ONCE = 5_000;
    private static final int TERMS_AT_ONCE = 5_000;

    private static final long SUM_MILLIS = 5 * 60 * 1000L;

    /** Writers that began before a bucket was found empty have ended by then. */
    private static final long SETTLED_MILLIS = 10 * 60 * 1000L;

    /** The spans and bytes that one transaction has deleted. */
    private record Deleted(int spans, long bytes) {
        static final Deleted NOTHING = new Deleted(0, 0);
    }

    private final Transactions transactions;
    private final Leases leases;
    private final Clock clock;
    private final RetentionSettings settings;
    private final AtomicLong deletedSpans = new AtomicLong();
    private volatile long sum;
    private volatile long sumDueMillis;

    Retention(Transactions transactions, Leases leases, Clock clock, RetentionSettings settings) {
        this.transactions = transactions;
        this.leases = leases;
        this.clock = clock;
        this.settings = settings;
    }

    long deletedSpans() {
        return deletedSpans.get();
    }

    /**
     * Bytes of stored spans and their index, as their writers counted them; at most five minutes
     * old where nothing is decided by it, since it reads a row for each batch.
     */
    long storedBytes() {
        if (settings.maxBytes() > 0 || clock.millis() >= sumDueMillis) {
            sum = sumBytes();
            sumDueMillis = clock.millis() + SUM_MILLIS;
        }
        return sum;
    }

    private long sumBytes() {
        return transactions.call(manager -> {
            Number bytes = manager.createQuery("SELECT SUM(b.bytes) FROM BatchRow b", Number.class)
                    .getSingleResult();
            return bytes == null ? 0L : bytes.longValue();
        });
    }

    void deleteAll() {
        if (!settings.age().isZero()) {
            long before = clock.millis() - settings.age().toMillis();
            while (deleteBatches(before, Long.MAX_VALUE) > 0) {
                // the next ones
            }
            deleteNames(Days.of(before));
        }
        if (settings.maxBytes() > 0) {
            long excess = storedBytes() - settings.maxBytes();
            while (excess > 0) {
                long freed = deleteBatches(Long.MAX_VALUE, excess);
                if (freed == 0) {
                    break;
                }
                excess -= freed;
            }
        }
        deleteTerms();
    }

    private <T> T leased(T otherwise, Function<EntityManager, T> work) {
        return leases.call(Leases.RETENTION, otherwise, work);
    }

    /**
     * Deletes the oldest batches until {@code bytes} are free, at most some at a time; returns the
     * bytes freed.
     */
    private long deleteBatches(long storedBeforeMillis, long bytes) {
        Deleted deleted = leased(Deleted.NOTHING, manager -> {
            List<Object[]> rows = manager.createQuery(
                            "SELECT b.id, b.spans, b.bytes FROM BatchRow b WHERE b.storedMillis < :before"
                                    + " ORDER BY b.storedMillis, b.id",
                            Object[].class)
                    .setParameter("before", storedBeforeMillis)
                    .setMaxResults(BATCHES_AT_ONCE)
                    .getResultList();
            Map<Long, Integer> spans = new LinkedHashMap<>();
            long freed = 0;
            int removed = 0;
            for (Object[] row : rows) {
                if (freed >= bytes || removed >= SPANS_AT_ONCE) {
                    break;
                }
                spans.put((Long) row[0], (Integer) row[1]);
                removed += (Integer) row[1];
                freed += (Long) row[2];
            }
            if (!spans.isEmpty()) {
                List<Long> ids = new ArrayList<>(spans.keySet());
                delete(manager, "DELETE FROM SpanRow s WHERE s.batch IN :batches", ids);
                delete(manager, "DELETE FROM PendingRow p WHERE p.batch IN :batches", ids);
                delete(manager, "DELETE FROM BatchRow b WHERE b.id IN :batches", ids);
            }
            return new Deleted(removed, freed);
        });
        deletedSpans.addAndGet(deleted.spans());
        return deleted.bytes();
    }

    private static void delete(EntityManager manager, String query, List<Long> batches) {
        manager.createQuery(query).setParameter("batches", batches).executeUpdate();
    }

    private void deleteNames(int lastDay) {
        leased(
                0,
                manager -> manager.createQuery("DELETE FROM NameRow n WHERE n.seenDay < :day")
                                .setParameter("day", lastDay)
                                .executeUpdate()
                        + manager.createQuery("DELETE FROM LinkRow l WHERE l.seenDay < :day")
                                .setParameter("day", lastDay)
                                .executeUpdate());
    }

    /** Deletes the index of every bucket that has no batch any more. */
    private void deleteTerms() {
        long settled = clock.millis() - SETTLED_MILLIS;
        Integer bucket = nextBucket(-1);
        while (bucket != null) {
            int empty = bucket;
            boolean past = BatchIds.lowestInBucket(empty + 1) <= BatchIds.lowest(settled);
            boolean future = BatchIds.lowestInBucket(empty) > BatchIds.lowest(clock.millis() + 2 * Days.MILLIS);
            while ((past || future)
                    && leased(false, manager -> isEmpty(manager, empty) && deleteTerms(manager, empty))) {
                // the next ones
            }
            bucket = nextBucket(empty);
        }
    }

    private @Nullable Integer nextBucket(int after) {
        List<Integer> buckets = transactions.call(manager -> manager.createQuery(
                        "SELECT t.bucket FROM TermRow t WHERE t.bucket > :after ORDER BY t.bucket", Integer.class)
                .setParameter("after", after)
                .setMaxResults(1)
                .getResultList());
        return buckets.isEmpty() ? null : buckets.get(0);
    }

    private static boolean isEmpty(EntityManager manager, int bucket) {
        return manager.createQuery("SELECT b.id FROM BatchRow b WHERE b.id >= :from AND b.id < :to", Long.class)
                .setParameter("from", BatchIds.lowestInBucket(bucket))
                .setParameter("to", BatchIds.lowestInBucket(bucket + 1))
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Leaves the index of a batch that was stored just now, with timestamps of that time. Whether
     * there may be more.
     */
    private static boolean deleteTerms(EntityManager manager, int bucket) {
        List<Long> last = manager.createQuery(
                        "SELECT t.term FROM TermRow t WHERE t.bucket = :bucket ORDER BY t.term", Long.class)
                .setParameter("bucket", bucket)
                .setFirstResult(TERMS_AT_ONCE)
                .setMaxResults(1)
                .getResultList();
        String upTo = last.isEmpty() ? "" : " AND t.term <= :term";
        var delete = manager.createQuery("DELETE FROM TermRow t WHERE t.bucket = :bucket" + upTo
                        + " AND NOT EXISTS (SELECT b.id FROM BatchRow b"
                        + " WHERE b.id = t.batch AND b.id >= :from AND b.id < :to)")
                .setParameter("bucket", bucket)
                .setParameter("from", BatchIds.lowestInBucket(bucket))
                .setParameter("to", BatchIds.lowestInBucket(bucket + 1));
        if (!last.isEmpty()) {
            delete.setParameter("term", last.get(0));
        }
        delete.executeUpdate();
        return !last.isEmpty();
    }
}
