package zipkin.ee.storage;

import org.jspecify.annotations.Nullable;

/**
 * The storage can't take or give anything at the moment, whatever was asked: it can be asked again. No message that was to be stored is to
 * blame. The text is one line for the administrator and holds no secret.
 */
public class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
