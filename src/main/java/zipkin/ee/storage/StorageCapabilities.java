package zipkin.ee.storage;

import java.util.Set;

/**
 * What a storage declares about itself, for the code that selects, wraps or tests it.
 *
 * @param named capabilities it has
 * @param writers writes that may run at the same time, each on a thread of its own, unless they are
 *     throttled; 0 for {@code COLLECTOR_CONCURRENCY}
 * @param batchSpans most spans in a write, which combines small messages that wait and takes a part
 *     of large ones; 0 when each message is a write of its own
 */
public record StorageCapabilities(Set<Capability> named, int writers, int batchSpans) {
    /** A capability or a need that not all storages have. */
    public enum Capability {
        /**
         * Writes wait for something outside this process, so that they run on a bounded pool of
         * threads instead of the transport's thread. Writers and batches apply to these only.
         */
        BLOCKING_WRITES,

        /** Spans are taken as columns too: it is a {@link zipkin.ee.codec.SpanColumnsConsumer}. */
        SPAN_COLUMNS
    }

    /** A storage outside this process, with the defaults for writers and batches. */
    public static StorageCapabilities blocking() {
        return new StorageCapabilities(Set.of(Capability.BLOCKING_WRITES), 0, 0);
    }

    public StorageCapabilities withWriters(int number) {
        return new StorageCapabilities(named, number, batchSpans);
    }

    public StorageCapabilities withBatchSpans(int most) {
        return new StorageCapabilities(named, writers, most);
    }

    public boolean has(Capability capability) {
        return named.contains(capability);
    }
}
