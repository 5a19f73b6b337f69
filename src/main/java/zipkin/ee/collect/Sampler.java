package zipkin.ee.collect;

import java.util.List;
import zipkin.ee.codec.SpanColumns;
import zipkin2.Span;
import zipkin2.internal.HexCodec;

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

    boolean keepsAll() {
        return boundary == Long.MAX_VALUE && limit.isUnlimited();
    }

    /** Drops the others. */
    void sample(SpanColumns spans) {
        if (!keepsAll()) {
            spans.retain(span -> (spans.flags(span) & SpanColumns.DEBUG) != 0 || keeps(spans.traceId(span)));
        }
    }

    /** Those that are kept, in their order. */
    List<Span> sample(List<Span> spans) {
        return keepsAll() ? spans : spans.stream().filter(this::keeps).toList();
    }

    boolean keeps(Span span) {
        if (Boolean.TRUE.equals(span.debug())) {
            return true;
        }
        return keeps(HexCodec.lowerHexToUnsignedLong(span.traceId()));
    }

    private boolean keeps(long low) {
        // Long.MIN_VALUE has no magnitude of its own.
        long magnitude = low == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(low);
        return magnitude <= boundary && limit.take();
    }
}
