package zipkin.ee.collect;

import zipkin.ee.codec.DecodedSpans;

/**
 * Decides by trace id, so that all servers keep the same traces: a trace is kept when the magnitude
 * of the low 64 bits of its id is at most {@code rate × Long.MAX_VALUE}. Of the spans of those as
 * many are kept as a {@link SpanRate} allows. Spans with the debug flag are always kept.
 */
final class Sampler {
    private final long boundary;
    private final SpanRate limit;

    /**
     * @param rate 0 to 1
     */
    Sampler(double rate, SpanRate limit) {
        this.limit = limit;
        this.boundary = (long) (Long.MAX_VALUE * rate);
    }

    private boolean keepsAll() {
        return boundary == Long.MAX_VALUE && limit.isUnlimited();
    }

    /** Removes the spans that are not kept. */
    void sample(DecodedSpans spans) {
        if (!keepsAll()) {
            spans.retain(this::keeps);
        }
    }

    /** @param low the low 64 bits of the trace id */
    boolean keeps(boolean debug, long low) {
        if (debug) {
            return true;
        }
        // Long.MIN_VALUE has no magnitude of its own.
        long magnitude = low == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(low);
        return magnitude <= boundary && limit.take();
    }
}
