package zipkin.ee.storage.elasticsearch;

/**
 * Bytes at which a bulk request is sent: what the setting says, or less while the cluster is so
 * slow that requests of that size did not end in time. Thread safe.
 */
final class BulkSize {
    private static final int LEAST_BYTES = 64 * 1024;

    private final int maxBytes;
    private int bytes;

    BulkSize(int maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = maxBytes;
    }

    synchronized int bytes() {
        return bytes;
    }

    /** A request of so many bytes did not end in time, or was refused for its size. */
    synchronized void tooLarge(int sent) {
        bytes = Math.min(bytes, Math.max(Math.min(LEAST_BYTES, maxBytes), sent / 2));
    }

    /** A request has ended in time. */
    synchronized void taken() {
        bytes = (int) Math.min(maxBytes, bytes + bytes / 16L + 1);
    }
}
