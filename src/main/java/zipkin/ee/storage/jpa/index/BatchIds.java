package zipkin.ee.storage.jpa.index;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of batches, made without the database: 42 bits of epoch milliseconds (until the year 2109),
 * then 21 bits that are unique among the batches of the same millisecond. So ids sort by time. Each
 * server counts from a random start; two that meet violate the primary key, and the write is tried
 * again. Thread safe.
 */
public final class BatchIds {
    private static final int UNIQUE_BITS = 21;
    private static final int UNIQUE_MASK = (1 << UNIQUE_BITS) - 1;
    private static final long MAX_MILLIS = (1L << 42) - 1;

    /** Length of a bucket, the coarse time by which the index is kept together and deleted. */
    static final long BUCKET_MILLIS = 6 * 3600 * 1000L;

    private final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    /**
     * A new id for a batch of this time; times outside 1970 to 2109 count as the nearest one
     * inside.
     */
    public long next(long epochMillis) {
        return lowest(epochMillis) | (next.getAndIncrement() & UNIQUE_MASK);
    }

    /** The least id a batch of this time can have. */
    public static long lowest(long epochMillis) {
        return Math.max(0, Math.min(MAX_MILLIS, epochMillis)) << UNIQUE_BITS;
    }

    public static long millis(long id) {
        return id >>> UNIQUE_BITS;
    }

    /** The bucket of the batch, counted from 1970. */
    public static int bucket(long id) {
        return (int) (millis(id) / BUCKET_MILLIS);
    }

    public static long lowestInBucket(int bucket) {
        return lowest(bucket * BUCKET_MILLIS);
    }
}
