package zipkin.ee.storage.cassandra;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * What an administrator has to change before the cluster can be used: who we are there, or the
 * schema.
 */
final class UnusableCassandraException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message names no host
     */
    UnusableCassandraException(String message, @Nullable Throwable cause) {
        this(message, message, cause);
    }

    UnusableCassandraException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, publicReason, cause);
    }
}
