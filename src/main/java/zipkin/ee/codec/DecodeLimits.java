package zipkin.ee.codec;

import java.util.Arrays;

/** Counts what a message contains while a guard walks over it, and enforces {@link Limits}. */
final class DecodeLimits {
    /** Steps that a Σ or İ costs in addition to the length of the name. */
    private static final int STEPS_PER_CHARACTER = 256;

    private final Encoding encoding;
    private final Limits limits;
    private final ServiceNames serviceNames = new ServiceNames();
    private int serviceNameFrom;
    private int serviceNameTo;
    private int spans;
    private int entries;
    private int badAddresses;
    private long lowerCaseSteps;
    private long emptyElements;
    private boolean uncounted;

    DecodeLimits(Encoding encoding, Limits limits) {
        this.encoding = encoding;
        this.limits = limits;
    }

    /**
     * The size up to which v2 JSON without Σ and İ cannot exceed a limit. A span or an entry has at
     * least three bytes, a malformed address eleven.
     */
    int harmlessJsonBytes() {
        long bytes = Math.min(3L * limits.maxSpans(), 3L * limits.maxEntries());
        return (int) Math.min(Integer.MAX_VALUE, Math.min(bytes, 11L * limits.maxBadAddresses()));
    }

    /** Declares that the message cannot exceed a limit and was not counted. */
    void uncounted() {
        uncounted = true;
    }

    /** Bytes of heap that the columns of the message take, at most. */
    long columnBytes(int bodyBytes) {
        return uncounted
                ? 4L * bodyBytes
                : (long) SpanColumns.SPAN_BYTES * spans + (long) SpanColumns.ENTRY_BYTES * entries;
    }

    /** Bytes of heap that zipkin2's spans of the message take, at most. */
    long objectBytes(int bodyBytes) {
        return uncounted ? 12L * bodyBytes : 2L * bodyBytes + 560L * spans + 160L * entries;
    }

    void span(int position) {
        serviceNames.clear();
        serviceNameFrom = serviceNameTo = 0;
        if (++spans > limits.maxSpans()) {
            throw exceeded(limits.maxSpans() + " spans in a message", position);
        }
    }

    void entry(int position) {
        if (++entries > limits.maxEntries()) {
            throw exceeded(limits.maxEntries() + " tags and annotations in a message", position);
        }
    }

    void depth(int depth, int position) {
        if (depth > limits.maxDepth()) {
            throw exceeded(limits.maxDepth() + " levels of nesting", position);
        }
    }

    /** Counts a service name of a v1 span. */
    void serviceName(byte[] body, int from, int to) {
        if (Arrays.equals(body, serviceNameFrom, serviceNameTo, body, from, to)) {
            return; // usually it is the same as before
        }
        serviceNameFrom = from;
        serviceNameTo = to;
        if (serviceNames.add(body, from, to) > limits.maxServiceNames()) {
            throw exceeded(limits.maxServiceNames() + " service names in a span", from);
        }
    }

    /** Counts the cost of turning a span or service name into lower case. */
    void name(byte[] body, int from, int to) {
        int costly = 0;
        for (int i = from; i < to - 1; i++) {
            byte first = body[i];
            // Σ is CE A3 in UTF-8, İ is C4 B0.
            if ((first == (byte) 0xce && body[i + 1] == (byte) 0xa3)
                    || (first == (byte) 0xc4 && body[i + 1] == (byte) 0xb0)
                    || (first == '\\' && isEscaped(body, i + 1, to))) {
                costly++;
            }
        }
        if (costly > 0) {
            lowerCaseSteps += costly * (long) (STEPS_PER_CHARACTER + to - from);
            if (lowerCaseSteps > limits.maxLowerCaseSteps()) {
                throw exceeded(limits.maxLowerCaseSteps() + " steps to turn Σ and İ in names into lower case", from);
            }
        }
    }

    private static boolean isEscaped(byte[] body, int at, int to) {
        if (to - at < 5 || body[at] != 'u') {
            return false;
        }
        int unit = JsonText.unit(body, at + 1);
        return unit == 'Σ' || unit == 'İ';
    }

    void badAddress(int position) {
        if (++badAddresses > limits.maxBadAddresses()) {
            throw exceeded(limits.maxBadAddresses() + " malformed IP addresses", position);
        }
    }

    /** Counts elements without bytes. */
    void emptyElements(long count, int position) {
        emptyElements += count;
        if (emptyElements > limits.maxEmptyElements()) {
            throw exceeded(limits.maxEmptyElements() + " empty elements", position);
        }
    }

    MalformedSpansException negativeLength(int length, int position) {
        return new MalformedSpansException(
                encoding.refusal("Malformed: negative length " + length + " at byte " + position));
    }

    private MalformedSpansException exceeded(String limit, int position) {
        return new MalformedSpansException(encoding.refusal("Refused: more than " + limit + " at byte " + position));
    }
}
