package zipkin.ee.collect;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import zipkin.ee.cdi.SingleInstance;

/** The counters of every transport that takes part. */
@SingleInstance
public class CollectorCounters {
    private final Map<String, TransportCounters> byTransport = new ConcurrentSkipListMap<>();

    /** The counters of a transport, by its label; the same ones for the same label. */
    public TransportCounters of(String transport) {
        return byTransport.computeIfAbsent(transport, TransportCounters::new);
    }

    /** All that were asked for so far, by label. */
    public Collection<TransportCounters> all() {
        return byTransport.values();
    }
}
