package zipkin.ee.codec.otlp;

import java.util.function.LongConsumer;

/**
 * Counts the heap bytes of what was decoded and reports growing totals, in steps. For one message
 * and thread.
 */
final class OtlpHeap {
    private static final long STEP = 64 * 1024;

    /**
     * Far above what the limits allow without copies: only resource attributes that are copied to
     * very many spans reach it.
     */
    static final long MAX_BYTES = 512L << 20;

    private final LongConsumer room;
    private long kept;
    private long held;
    private long reported;

    OtlpHeap(LongConsumer room) {
        this.room = room;
    }

    /** Adds bytes of a span of the result. */
    void keep(long bytes) {
        kept += bytes;
        if (kept > MAX_BYTES) {
            throw OtlpProblem.exceeded(
                    (MAX_BYTES >> 20) + " MiB of spans in a message, with resource attributes counted for each span,");
        }
        report(STEP);
    }

    /** Adds bytes of the intermediate form, until {@link #release}. */
    void hold(long bytes) {
        held += bytes;
        report(STEP);
    }

    void release() {
        held = 0;
    }

    /** Reports what was not yet reported. */
    void finish() {
        report(1);
    }

    private void report(long step) {
        if (kept + held >= reported + step) {
            reported = kept + held;
            room.accept(reported);
        }
    }
}
