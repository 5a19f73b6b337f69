package zipkin.ee.aws;

/** AWS can't be used now: no credentials, no region, or no answer. The message says what to check and may pass with time. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwsException(String message, Throwable cause) {
        super(message, cause);
    }
}
