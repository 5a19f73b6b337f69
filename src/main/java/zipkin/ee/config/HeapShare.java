package zipkin.ee.config;

/**
 * Defaults of budgets: shares of seven eighths of the heap less what the application server and the
 * application themselves take. They are at most 100 percent together: 40 of the storage in memory,
 * 25 of decoded spans, 20 of bodies, 15 of answers. docs/operating/memory.md has the table.
 */
public final class HeapShare {
    /** The heap that WildFly and the application themselves take, rounded up. */
    private static final long SERVER_BYTES = 112L << 20;
    /** Of the heap; it stays free, so that the collector need not run all the time. */
    private static final int FREE_PART = 8;

    public static final String QUERY_SPANS = "200000, or less with a heap below 600 MB";

    private static final int MOST_QUERY_SPANS = 200_000;
    private static final int QUERY_SPANS_PERCENT = 25;
    /** Size of a span without tags, from which links are counted. */
    private static final int LINKED_SPAN_BYTES = 512;

    private HeapShare() {}

    /** Maximum number of spans that a query, or the counting of links, reads from a storage. */
    public static int querySpans() {
        return (int) Math.min(MOST_QUERY_SPANS, percent(QUERY_SPANS_PERCENT) / LINKED_SPAN_BYTES);
    }

    /** A share of the largest heap of this JVM. */
    public static long percent(int percent) {
        return percent(percent, Runtime.getRuntime().maxMemory());
    }

    /** A share of a heap of that size, of which at least a quarter is shared out. */
    public static long percent(int percent, long heapBytes) {
        long left = heapBytes - heapBytes / FREE_PART - SERVER_BYTES;
        return Math.max(left, heapBytes / 4) / 100 * percent;
    }
}
