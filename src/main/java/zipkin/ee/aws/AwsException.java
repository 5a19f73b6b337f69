package zipkin.ee.aws;

import org.jspecify.annotations.Nullable;

/** AWS can't be used now: no credentials, no region, or no answer. The message says what to check and may pass with time. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AwsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
