package zipkin.ee.codec;

import java.util.Arrays;

/**
 * Counts what a message asks for while a guard walks over it, and refuses it at the first limit
 * that is passed.
 */
final class DecodeLimits {
    /**
     * What a Σ or İ costs in a short name, in steps: as much as in a name that is longer by this
     * many bytes.
     */
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
     * The size up to which v2 JSON without Σ and İ cannot exceed a limit: a span or an entry takes
     * at least three bytes, a bad address eleven.
     */
    int harmlessJsonBytes() {
        long bytes = Math.min(3L * limits.maxSpans(), 3L * limits.maxEntries());
        return (int) Math.min(Integer.MAX_VALUE, Math.min(bytes, 11L * limits.maxBadAddresses()));
    }

    /** The message is known to be harmless without being counted. */
    void uncounted() {
        uncounted = true;
    }

    /** Bytes of the heap that columns of the message take while they grow. */
    long columnBytes(int bodyBytes) {
        return uncounted ? 4L * bodyBytes : 144L * spans + 64L * entries;
    }

    /**
     * Bytes of the heap that zipkin2's spans of the message take, at most: texts are of one or two
     * bytes a character.
     */
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

    /** A service name of a v1 span, as written. */
    void serviceName(byte[] body, int from, int to) {
        if (Arrays.equals(body, serviceNameFrom, serviceNameTo, body, from, to)) {
            return; // mostly it is the same as before
        }
        serviceNameFrom = from;
        serviceNameTo = to;
        if (serviceNames.add(body, from, to) > limits.maxServiceNames()) {
            throw exceeded(limits.maxServiceNames() + " service names in a span", from);
        }
    }

    /** A span or service name, which will be turned into lower case. */
    void name(byte[] body, int from, int to) {
        int costly = 0;
        for (int i = from; i < to - 1; i++) {
            byte first = body[i];
            // Two bytes in UTF-8, both: CE A3 and C4 B0
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

    /** Elements that take no bytes, or lie beyond the end. */
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
