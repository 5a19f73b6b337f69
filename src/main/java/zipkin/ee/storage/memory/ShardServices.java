package zipkin.ee.storage.memory;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the spans of each service in one shard. Guarded by the shard's lock; its memory counts
 * among the shard's bytes. Which services queries list is up to {@link SharedNames}.
 */
final class ShardServices {
    /** Bytes of heap of a map entry with its value. */
    private static final int ENTRY = 80;

    private final SharedNames shared;
    private final Map<String, Service> services = new HashMap<>();
    private long bytes;

    ShardServices(SharedNames shared) {
        this.shared = shared;
    }

    /** Returns the service of this name, listed for queries. The caller adds a span to it. */
    Service enter(String name) {
        Service known = services.get(name);
        if (known == null) {
            known = new Service(name);
            services.put(name, known);
            bytes += ENTRY + HeapBytes.of(name);
        }
        known.listed = shared.enter(name, known.listed);
        return known;
    }

    /** Subtracts spans that are gone. A service without spans is not listed any more. */
    void leave(String name, int spans) {
        Service known = services.get(name);
        if (known == null) {
            return;
        }
        known.spans -= spans;
        if (known.spans == 0) {
            services.remove(name);
            bytes -= ENTRY + HeapBytes.of(name);
            shared.leave(known.listed);
        }
    }

    long heapBytes() {
        return bytes;
    }

    /** A service with the number of its spans in the shard. */
    static final class Service {
        private final String name;
        private SharedNames.@Nullable Service listed;
        private int spans;

        Service(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        SharedNames.@Nullable Service listed() {
            return listed;
        }

        int spans() {
            return spans;
        }

        void addSpan() {
            spans++;
        }
    }
}
