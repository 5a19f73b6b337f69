package zipkin.ee.storage.memory;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;

/**
 * Publishes the names in a block's spans to {@link SharedNames}, each once per block, and counts
 * the spans of each service. Used by one thread at a time.
 */
final class BlockNames {
    private static final long REMOTE = 1L << 63;

    private final ShardServices services;
    private final SharedNames shared;
    private final BlockEndpoints endpoints;
    private final TextTable texts;
    /** Services by the numbers of local endpoints. */
    private ShardServices.@Nullable Service[] byEndpoint = new ShardServices.Service[8];

    private @Nullable LongSet published = new LongSet();

    BlockNames(ShardServices services, SharedNames shared, BlockEndpoints endpoints, TextTable texts) {
        this.services = services;
        this.shared = shared;
        this.endpoints = endpoints;
        this.texts = texts;
    }

    /** @param name number of the span's name in {@link TextTable}, or 0 */
    void add(SpanColumns message, int span, int name, int local, int remote) {
        if (shared.hasAutocompleteKeys()) {
            addTagValues(message, span);
        }
        ShardServices.Service service = service(local);
        if (service == null) {
            return;
        }
        service.addSpan();
        if (publish(Location.of(local, name)) && name != 0) {
            shared.addSpanName(service.listed(), message.string(message.name(span)));
        }
        if (remote != 0 && publish(Location.of(local, remote) | REMOTE)) {
            String remoteName = endpoints.service(remote);
            if (remoteName != null) {
                shared.addRemoteName(service.listed(), remoteName);
            }
        }
    }

    private void addTagValues(SpanColumns message, int span) {
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            int key = shared.keyOf(message, message.tagKey(tag));
            if (key >= 0 && publish(Location.of(~key, texts.intern(message, message.tagValue(tag))))) {
                shared.addValue(key, message.string(message.tagValue(tag)));
            }
        }
    }

    /** Returns whether the block has not published this before. */
    private boolean publish(long name) {
        return Objects.requireNonNull(published).add(name);
    }

    private ShardServices.@Nullable Service service(int local) {
        if (local == 0) {
            return null;
        }
        if (local >= byEndpoint.length) {
            byEndpoint = Arrays.copyOf(byEndpoint, 2 * local);
        }
        ShardServices.Service service = byEndpoint[local];
        String name = service == null ? endpoints.service(local) : service.name();
        if (name != null && (service == null || service.spans() == 0)) {
            service = services.enter(name);
            byEndpoint[local] = service;
            if (service.spans() == 0) {
                published = new LongSet(); // names published before may have gone with the service
            }
        }
        return service;
    }

    /** Frees all memory. Nothing may be added afterwards. */
    void seal() {
        byEndpoint = new ShardServices.Service[0];
        published = null;
    }

    long heapBytes() {
        return published == null ? 0 : published.heapBytes();
    }
}
