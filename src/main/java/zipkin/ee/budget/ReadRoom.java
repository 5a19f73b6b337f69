package zipkin.ee.budget;

import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * Counts the spans that a query has read, on its thread, so that it ends before they fill the heap.
 * zipkin2's interfaces have no place for it, hence the thread. Outside of a query nothing is
 * counted.
 */
public final class ReadRoom {
    /**
     * Room is asked for in steps; the first is not counted, so that small answers always find room.
     */
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
     * @param room is told how many bytes of the heap are needed in all, and throws what the query
     *     ends with when that is too much
     */
    public static <T> T within(LongConsumer room, Callable<T> query) throws Exception {
        CURRENT.set(new ReadRoom(room));
        try {
            return query.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** So many bytes were read, and are kept. */
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

    /** Bytes of what was read and is kept. */
    public static long bytes() {
        ReadRoom current = CURRENT.get();
        return current == null ? 0 : current.read;
    }

    /**
     * Of what was read since, only some is kept.
     *
     * @param before the {@link #bytes()} before it
     * @param kept bytes
     */
    public static void keepOnly(long before, long kept) {
        ReadRoom current = CURRENT.get();
        if (current != null) {
            current.read = before + kept;
        }
    }
}
