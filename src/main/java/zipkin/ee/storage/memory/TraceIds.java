package zipkin.ee.storage.memory;

import zipkin2.Span;

/** Trace ids as numbers and as texts. */
final class TraceIds {
    private TraceIds() {}

    /** The lower 64 bits of an id in any form that zipkin2 takes. */
    static long low(String traceId) {
        String normal = Span.normalizeTraceId(traceId);
        return Long.parseUnsignedLong(normal, normal.length() == 32 ? 16 : 0, normal.length(), 16);
    }
}
