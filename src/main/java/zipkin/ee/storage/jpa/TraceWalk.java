package zipkin.ee.storage.jpa;

import java.util.Map;

/**
 * Traces that fulfil one condition, found batch by batch from the newest to the oldest. Used by one
 * thread.
 */
interface TraceWalk {
    /** Reads the next page, larger than the one before; does nothing once {@link #ended()}. */
    void advance();

    /** Every batch from this id up has been looked at. */
    long reach();

    boolean ended();

    /**
     * What was found so far: low 64 bits of the trace id, and the latest time in epoch milliseconds
     * at which a part of it begins.
     */
    Map<Long, Long> found();
}
