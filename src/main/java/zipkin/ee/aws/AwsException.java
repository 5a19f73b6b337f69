package zipkin.ee.aws;

import org.jspecify.annotations.Nullable;

/**
 * AWS can't be used now: no credentials, no region, no answer, or one that refuses. The message
 * says what to check and may pass with time.
 */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    public AwsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = "";
    }

    private AwsException(String message, String type) {
        super(message);
        this.type = type;
    }

    /**
     * A service refuses.
     *
     * @param type its name for the error, such as {@code ResourceNotFoundException}
     */
    static AwsException refused(String message, String type) {
        return new AwsException(message, type);
    }

    /** Whether a service refused with an error of this type. */
    public boolean is(String errorType) {
        return type.equals(errorType);
    }
}
