package zipkin.ee.storage.memory;

import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/** Heap bytes of objects on a 64-bit JVM with compressed references. */
final class HeapBytes {
    static final int ARRAY = 16;

    private static final int STRING = 24;
    private static final int ENDPOINT = 40;
    private static final int IPV4 = ARRAY + 8;
    private static final int IPV6 = ARRAY + 16;

    private HeapBytes() {}

    static int of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0xff) {
                return STRING + ARRAY + aligned(2 * length);
            }
        }
        return STRING + ARRAY + aligned(length);
    }

    static int of(Endpoint endpoint) {
        return ENDPOINT
                + of(endpoint.serviceName())
                + of(endpoint.ipv4())
                + of(endpoint.ipv6())
                + (endpoint.ipv4() == null ? 0 : IPV4)
                + (endpoint.ipv6() == null ? 0 : IPV6);
    }

    private static int aligned(int bytes) {
        return (bytes + 7) & ~7;
    }
}
