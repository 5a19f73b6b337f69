package zipkin.ee.budget;

import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Counts the bytes of spans that a query has read, so that it fails before they fill the heap. The
 * count is kept by thread, because zipkin2's interfaces have no parameter for it. Outside of a
 * query nothing is counted.
 */
public final class ReadRoom {
    /** Bytes that are required at a time. The first step is free, so small answers never fail. */
    private static final long STEP = 64L * 1024;

    private static final ThreadLocal<ReadRoom> CURRENT = new ThreadLocal<>();

    private final LongConsumer room;
    private long read;
    private long required = STEP;

    private ReadRoom(LongConsumer room) {
        this.room = room;
    }

    /**
     * Runs a query.
     *
     * @param room gets the total bytes of heap that are needed, and throws to end the query
     */
    public static <T> T within(LongConsumer room, Callable<T> query) throws Exception {
        CURRENT.set(new ReadRoom(room));
        try {
            return query.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** Counts bytes that were read and are kept. */
    public static void add(long bytes) {
        ReadRoom current = CURRENT.get();
        if (current == null) {
            return;
        }
        current.read += bytes;
        if (current.read > current.required) {
            current.required = current.read + STEP;
            current.room.accept(current.required);
        }
    }

    /**
     * Requires room for bytes before they are read, so that a query which will not get it reads
     * nothing in vain. They count when they have been read.
     */
    public static void expect(long bytes) {
        ReadRoom current = CURRENT.get();
        if (current != null && current.read + bytes > current.required) {
            current.required = current.read + bytes;
            current.room.accept(current.required);
        }
    }

    /** The bytes counted so far. */
    public static long bytes() {
        ReadRoom current = CURRENT.get();
        return current == null ? 0 : current.read;
    }

    /**
     * Corrects the count after most of what was read has been discarded.
     *
     * @param before {@link #bytes()} before it was read
     * @param kept bytes that are kept of it
     */
    public static void keepOnly(long before, long kept) {
        ReadRoom current = CURRENT.get();
        if (current != null) {
            current.read = before + kept;
        }
    }
}
