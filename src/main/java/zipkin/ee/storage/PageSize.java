package zipkin.ee.storage;

/**
 * How many rows of spans to ask a database for at once: few at first, which is all that most traces
 * have, then more, as long as a page takes some megabytes, whatever the size of the rows. Used by
 * one query.
 */
public final class PageSize {
    public static final int FIRST = 200;

    private static final int GROWTH = 4;
    private static final int LEAST = 20;
    private static final int MOST = 10_000;
    private static final long PAGE_BYTES = 4L << 20;

    private long rows;
    private long bytes;
    private int next = FIRST;

    /** Rows to ask for, at most this many. */
    public int next(int most) {
        return Math.min(most, next);
    }

    /** Records a page that was read: its rows and their bytes. */
    public void read(int count, long size) {
        if (count == 0) {
            return; // an empty page says nothing about the size of rows
        }
        rows += count;
        bytes += size;
        long fitting = PAGE_BYTES * rows / Math.max(1, bytes);
        next = (int) Math.max(LEAST, Math.min(fitting, Math.min(MOST, (long) GROWTH * next)));
    }

    /** The page was too small for one span. */
    public void grow() {
        next *= 2;
    }
}
