package zipkin.ee.codec;

/**
 * What one message may ask of the server beyond its size. Each default is far above what tracers
 * send, and low enough that 10 MiB decode in well under a second.
 *
 * @param maxSpans spans in a message. Eight bytes are a span in proto3, and some 200 bytes of heap
 * @param maxEntries tags, annotations, binary annotations and, in JSON, endpoint fields in a
 *     message: another 200 bytes of heap each
 * @param maxDepth nesting of unknown thrift fields, which zipkin2 skips recursively. Its JSON
 *     reader has a limit of 255 itself
 * @param maxServiceNames distinct service names in one v1 span. The conversion to v2 makes a span
 *     of each and searches them all for each annotation. Exact up to the limit; a span slightly
 *     above it may pass
 * @param maxLowerCaseSteps sum over the span and service names of a message: occurrences of Σ and İ
 *     times the name's length in bytes plus 256. The JDK scans the word for each Σ and copies the
 *     whole text for each İ that it turns into lower case
 * @param maxBadAddresses IPv6 literals that are none: zipkin2 ignores each at the price of an
 *     exception
 * @param maxEmptyElements elements without bytes, of unknown type, in unknown thrift collections:
 *     five bytes announce two billion
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
