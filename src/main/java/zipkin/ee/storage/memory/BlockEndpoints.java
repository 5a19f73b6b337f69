package zipkin.ee.storage.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;
import zipkin2.Endpoint;

/**
 * The distinct endpoints of a block, numbered from 1. Written by one thread at a time; the first
 * {@link #count} entries of {@link #array} never change.
 */
final class BlockEndpoints {
    /** Bytes of heap per endpoint until {@link #seal}: array entries, map key and entry, names. */
    private static final int OPEN_ENDPOINT = 120;

    private @Nullable Endpoint[] endpoints = new Endpoint[8];
    private int[] serviceHashes = new int[8];
    private int count;
    private long bytes;
    private boolean sealed;
    private Map<Key, Integer> numbers = new HashMap<>();

    /** Hashes with a random seed, because clients can choose endpoints whose own hashes collide. */
    private record Key(int hash, Endpoint endpoint) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Nullable
    Endpoint[] array() {
        return endpoints;
    }

    int count() {
        return count;
    }

    @Nullable
    String service(int number) {
        Endpoint endpoint = number == 0 ? null : endpoints[number - 1];
        return endpoint == null ? null : endpoint.serviceName();
    }

    /** Hash of the service name as in {@link Terms#hash}; 0 without a name. */
    int serviceHash(int number) {
        return number == 0 ? 0 : serviceHashes[number - 1];
    }

    /**
     * Adds an endpoint of a message unless the block has it.
     *
     * @param known numbers of the message's endpoints in this block
     * @return the number in this block, 0 for 0
     */
    int number(SpanColumns message, int endpoint, MessageEndpoints known) {
        if (endpoint == 0) {
            return 0;
        }
        int number = known.get(endpoint);
        if (number == 0) {
            Key key = new Key(message.endpointHash(endpoint), message.endpoint(endpoint));
            Integer found = numbers.get(key);
            number = found != null ? found : add(key);
            known.put(endpoint, number);
        }
        return number;
    }

    private int add(Key key) {
        if (count == endpoints.length) {
            endpoints = Arrays.copyOf(endpoints, 2 * count);
            serviceHashes = Arrays.copyOf(serviceHashes, 2 * count);
        }
        String service = key.endpoint.serviceName();
        endpoints[count] = key.endpoint;
        serviceHashes[count++] = service == null ? 0 : Terms.hash(service);
        numbers.put(key, count);
        bytes += HeapBytes.of(key.endpoint);
        return count;
    }

    /** Frees what only additions need. Nothing may be added afterwards. */
    void seal() {
        endpoints = Arrays.copyOf(endpoints, count);
        serviceHashes = new int[0];
        numbers = Map.of();
        sealed = true;
    }

    long heapBytes() {
        return bytes + (long) Integer.BYTES * endpoints.length + (sealed ? 0 : (long) OPEN_ENDPOINT * count);
    }
}
