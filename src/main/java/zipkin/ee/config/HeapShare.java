package zipkin.ee.config;

/**
 * Defaults of budgets: shares of what the application server and the application themselves leave of
 * the heap. They are at most 100 percent together: 40 of the storage in memory, 25 of decoded spans,
 * 20 of bodies, 15 of answers. docs/operating/memory.md has the table.
 */
final class HeapShare {
    /** What WildFly and the application keep, rounded up. */
    private static final long SERVER_BYTES = 112L << 20;

    private HeapShare() {}

    /** A share of the largest heap of this JVM. */
    static long percent(int percent) {
        return percent(percent, Runtime.getRuntime().maxMemory());
    }

    /** A share of a heap, of which a quarter is used even where the server fills it. */
    static long percent(int percent, long heapBytes) {
        return Math.max(heapBytes - SERVER_BYTES, heapBytes / 4) / 100 * percent;
    }
}
