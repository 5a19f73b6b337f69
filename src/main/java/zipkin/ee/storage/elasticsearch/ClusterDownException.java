package zipkin.ee.storage.elasticsearch;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/** Nobody answered, or the answer says that the cluster can't do it now: the same request may succeed later. */
final class ClusterDownException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    ClusterDownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
