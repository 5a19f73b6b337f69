package zipkin.ee.storage.elasticsearch;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * Nobody answered, or the answer says that the cluster can't do it now: the same request may
 * succeed later.
 */
final class ClusterDownException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    private final boolean timedOut;

    ClusterDownException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private ClusterDownException(String message, @Nullable Throwable cause, boolean timedOut) {
        super(message, cause);
        this.timedOut = timedOut;
    }

    /** The cluster has the request, and may still do it: less of it at a time may succeed. */
    static ClusterDownException timedOut(String message, Throwable cause) {
        return new ClusterDownException(message, cause, true);
    }

    boolean isTimeout() {
        return timedOut;
    }
}
