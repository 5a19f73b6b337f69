package zipkin.ee.storage;

import org.jspecify.annotations.Nullable;
import zipkin.ee.fault.Unavailable;

/**
 * The storage can't take or give anything at the moment, whatever was asked: it can be asked again.
 * No message that was to be stored is to blame. The text is one line for the operator and
 * holds no secret.
 */
public class StorageUnavailableException extends RuntimeException implements Unavailable {
    private static final long serialVersionUID = 1L;
    /** For anybody, where the message names what is not for anybody. */
    public static final String USUAL_REASON = "The storage does not answer. The log has the reason.";

    private final String publicReason;

    public StorageUnavailableException(String message, @Nullable Throwable cause) {
        this(message, USUAL_REASON, cause);
    }

    /**
     * @param publicReason for anybody: see {@link zipkin.ee.fault.PublicReason}
     */
    public StorageUnavailableException(String message, String publicReason, @Nullable Throwable cause) {
        super(message, cause);
        this.publicReason = publicReason;
    }

    @Override
    public String publicReason() {
        return publicReason;
    }
}
