package zipkin.ee.codec;

/**
 * A message is not a list of spans, or one that must not be decoded. The message text is what a client is told: over HTTP it is
 * the body of the 400.
 */
public final class MalformedSpansException extends IllegalArgumentException {
    public MalformedSpansException(String message) {
        super(message);
    }

    public MalformedSpansException(String message, Throwable cause) {
        super(message, cause);
    }
}
