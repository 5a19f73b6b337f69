package zipkin.ee.codec;

import org.jspecify.annotations.Nullable;

/**
 * A message is not a list of spans or exceeds a limit. The text is for the client: over HTTP it is
 * the body of the 400. There is no stack trace, because clients can cause any number of these.
 */
public final class MalformedSpansException extends IllegalArgumentException {
    public MalformedSpansException(String message) {
        this(message, null);
    }

    public MalformedSpansException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
