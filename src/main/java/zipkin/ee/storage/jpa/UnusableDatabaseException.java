package zipkin.ee.storage.jpa;

import org.jspecify.annotations.Nullable;

/**
 * The database can't be used until an administrator does something. The message says what, in one line. At the start it stops
 * the deployment, later it is what /health tells.
 */
final class UnusableDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
