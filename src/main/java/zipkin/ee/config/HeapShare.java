package zipkin.ee.config;

/**
 * Defaults of budgets: shares of what the application server and the application themselves leave
 * of the heap. They are at most 100 percent together: 40 of the storage in memory, 25 of decoded
 * spans, 20 of bodies, 15 of answers. docs/operating/memory.md has the table.
 */
final class HeapShare {
    /** What WildFly and the application keep, rounded up. */
    private static final long SERVER_BYTES = 112L << 20;

    static final String QUERY_SPANS = "200000, or less with a heap below 512 MB";

    private static final int MOST_QUERY_SPANS = 200_000;
    private static final int QUERY_SPANS_PERCENT = 25;
    /** Of a span without its tags, as links are counted from it. */
    private static final int LINKED_SPAN_BYTES = 512;

    private HeapShare() {}

    /** Most spans that a query, or the counting of links, reads from a storage. */
    static int querySpans() {
        return (int) Math.min(MOST_QUERY_SPANS, percent(QUERY_SPANS_PERCENT) / LINKED_SPAN_BYTES);
    }

    /** A share of the largest heap of this JVM. */
    static long percent(int percent) {
        return percent(percent, Runtime.getRuntime().maxMemory());
    }

    /** A share of a heap, of which a quarter is used even where the server fills it. */
    static long percent(int percent, long heapBytes) {
        return Math.max(heapBytes - SERVER_BYTES, heapBytes / 4) / 100 * percent;
    }
}
