package zipkin.ee.storage.cassandra;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/** No node answered, or too few of them, or not in time: the same may succeed later. */
final class CassandraDownException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    CassandraDownException(String message, @Nullable Throwable cause) {
        this(message, "Cassandra does not answer.", cause);
    }

    CassandraDownException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, publicReason, cause);
    }
}
