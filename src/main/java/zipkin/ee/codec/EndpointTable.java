package zipkin.ee.codec;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/** The endpoints of one message, numbered from 1, and their hashes. Used by one thread. */
final class EndpointTable {
    private static final Endpoint NOWHERE = Endpoint.newBuilder().build();

    private int count;
    private @Nullable Endpoint[] endpoints = new Endpoint[8];
    private int[] hashes = new int[8];

    void clear() {
        Arrays.fill(endpoints, 0, count, null);
        count = 0;
    }

    /** How many fit in without growing. */
    int capacity() {
        return endpoints.length;
    }

    int count() {
        return count;
    }

    Endpoint get(int number) {
        return Objects.requireNonNull(endpoints[number - 1]);
    }

    int hash(int number) {
        return hashes[number - 1];
    }

    /** Adds an endpoint and returns its number; 0 for an empty one. */
    int add(Endpoint endpoint) {
        if (endpoint.equals(NOWHERE)) {
            return 0;
        }
        if (count == endpoints.length) {
            endpoints = Arrays.copyOf(endpoints, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        endpoints[count] = endpoint;
        hashes[count] = hash(endpoint);
        return ++count;
    }

    private static int hash(Endpoint endpoint) {
        int hash = hash(endpoint.serviceName(), endpoint.portAsInt());
        return hash(endpoint.ipv6(), hash(endpoint.ipv4(), hash));
    }

    private static int hash(@Nullable String text, int rest) {
        return text == null ? rest : TextHash.of(TextHash.of(text), rest);
    }
}
