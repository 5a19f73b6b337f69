package zipkin.ee.collect;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import zipkin.ee.cdi.SingleInstance;

/** The counters of every transport that takes part. */
@SingleInstance
public final class CollectorCounters {
    private final Map<String, TransportCounters> byTransport = new ConcurrentSkipListMap<>();
    private final Set<String> redelivered = new HashSet<>();

    /**
     * Starts with the transports that are enabled, so that their counters are seen before their
     * first message.
     */
    @Inject
    public CollectorCounters(Instance<Transport> transports) {
        for (Transport transport : transports) {
            if (transport.redelivers()) {
                redelivered.add(transport.label());
            }
            if (transport.countsFromTheStart()) {
                of(transport.label());
            }
        }
    }

    /** The counters of a transport, by its label; the same ones for the same label. */
    public TransportCounters of(String transport) {
        return byTransport.computeIfAbsent(
                transport, label -> new TransportCounters(label, redelivered.contains(label)));
    }

    /** All that were asked for so far, by label. */
    public Collection<TransportCounters> all() {
        return byTransport.values();
    }
}
