package zipkin.ee.storage.jpa;

import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * The database does not answer, or takes no writes, at the moment. What was asked can be asked
 * again. The message is one line for the operator.
 */
final class DatabaseDownException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    DatabaseDownException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, publicReason, cause);
    }
}
