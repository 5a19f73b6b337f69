package zipkin.ee.storage;

import org.jspecify.annotations.Nullable;

/**
 * The storage can't be used until an operator changes something: its version, its schema, or who we
 * are there. At the start it stops the deployment; later, spans and queries are answered 503.
 */
public final class UnusableStorageException extends StorageUnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what to change, in one line without names of hosts and databases, since it is
     *     the public reason too
     */
    public UnusableStorageException(String message, @Nullable Throwable cause) {
        this(message, message, cause);
    }

    /**
     * @param publicReason see {@link StorageUnavailableException}
     */
    public UnusableStorageException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, publicReason, cause);
    }
}
