package zipkin.ee.storage.jpa;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * The database can't be used until an administrator does something. The message says what, in one
 * line. At the start it stops the deployment, later spans and queries are answered 503.
 */
final class UnusableDatabaseException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message names no host and no database
     */
    UnusableDatabaseException(String message, @Nullable Throwable cause) {
        this(message, message, cause);
    }

    UnusableDatabaseException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, publicReason, cause);
    }
}
