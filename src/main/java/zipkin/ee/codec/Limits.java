package zipkin.ee.codec;

/**
 * Limits for what one message contains. Each default is far above what tracers send, and low enough
 * that 10 MiB are decoded in well under a second.
 *
 * @param maxSpans spans in a message. Eight bytes of proto3 can be a span with 200 bytes of heap
 * @param maxEntries tags, annotations, binary annotations and, in JSON, endpoint fields in a
 *     message, each some 200 bytes of heap
 * @param maxDepth nesting of unknown thrift fields, which zipkin2 skips recursively. Its JSON
 *     reader has a limit of 255 of its own
 * @param maxServiceNames distinct service names in one v1 span. The conversion to v2 creates a span
 *     for each and searches all of them for each annotation. A span slightly above the limit may
 *     pass
 * @param maxLowerCaseSteps sum over the span and service names of a message: occurrences of Σ and İ
 *     times the name's length in bytes plus 256. The JDK scans the word for each Σ and copies the
 *     whole text for each İ that it turns into lower case
 * @param maxBadAddresses malformed IPv6 addresses, each of which costs zipkin2 an exception
 * @param maxEmptyElements elements without bytes in unknown thrift collections, of which five bytes
 *     can declare two billion
 */
public record Limits(
        int maxSpans,
        int maxEntries,
        int maxDepth,
        int maxServiceNames,
        long maxLowerCaseSteps,
        int maxBadAddresses,
        int maxEmptyElements) {
    public static final Limits DEFAULT = new Limits(250_000, 500_000, 255, 64, 50_000_000L, 10_000, 1_000_000);

    public Limits {
        if (maxSpans < 1 || maxEntries < 1 || maxDepth < 1 || maxServiceNames < 1) {
            throw new IllegalArgumentException("maxSpans, maxEntries, maxDepth and maxServiceNames must be positive");
        }
        if (maxServiceNames > ServiceNames.CAPACITY) {
            throw new IllegalArgumentException("maxServiceNames must not exceed " + ServiceNames.CAPACITY);
        }
        if (maxLowerCaseSteps < 0 || maxBadAddresses < 0 || maxEmptyElements < 0) {
            throw new IllegalArgumentException(
                    "maxLowerCaseSteps, maxBadAddresses and maxEmptyElements must not be negative");
        }
    }
}
