package zipkin.ee.collect;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import zipkin.ee.cdi.SingleInstance;

/**
 * Counts the requests of OTLP that are accepted and discarded, because Zipkin has no place for what
 * they carry. Thread safe.
 */
@SingleInstance
public final class DiscardedRequests {
    private final Map<String, LongAdder> bySignal = new ConcurrentSkipListMap<>();

    /** @param signal one of a fixed set, such as logs */
    public void count(String signal) {
        bySignal.computeIfAbsent(signal, first -> new LongAdder()).increment();
    }

    /** The counters of the signals that came so far. */
    public Map<String, LongAdder> bySignal() {
        return bySignal;
    }
}
