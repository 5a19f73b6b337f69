package zipkin.ee.storage.memory;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;

/**
 * How many spans each service has in one shard, whose lock its writer holds. They count among the
 * shard's bytes and go with their spans; what is listed is {@link SharedNames}.
 */
final class Names {
    /** Of the map's entry, its place and what it leads to. */
    private static final int ENTRY = 80;

    private final SharedNames shared;
    private final Map<String, ShardService> services = new HashMap<>();
    private long bytes;

    Names(SharedNames shared) {
        this.shared = shared;
    }

    /** The service of this name, which gets a span. */
    ShardService enter(String name) {
        ShardService known = services.get(name);
        if (known == null) {
            known = new ShardService(name);
            services.put(name, known);
            bytes += ENTRY + HeapBytes.of(name);
        }
        known.listed = shared.enter(name, known.listed);
        return known;
    }

    /** As many spans of the service are gone. */
    void leave(String name, int spans) {
        ShardService known = services.get(name);
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

    void addSpanName(ShardService service, SpanColumns message, int text) {
        shared.addSpanName(service.listed, message.string(text));
    }

    void addRemoteName(ShardService service, String remote) {
        shared.addRemoteName(service.listed, remote);
    }

    boolean isAutocompleted(SpanColumns message, int key) {
        return shared.keyOf(message, key) >= 0;
    }

    void addValue(SpanColumns message, int tag) {
        shared.addValue(shared.keyOf(message, message.tagKey(tag)), message.string(message.tagValue(tag)));
    }

    long heapBytes() {
        return bytes;
    }

    /** How many spans of a service a shard has. */
    static final class ShardService {
        private final String name;
        private SharedNames.@Nullable Service listed;
        private int spans;

        ShardService(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        int spans() {
            return spans;
        }

        void addSpan() {
            spans++;
        }
    }
}
