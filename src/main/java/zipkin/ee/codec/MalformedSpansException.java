package zipkin.ee.codec;

import org.jspecify.annotations.Nullable;

/**
 * A message is not a list of spans, or one that must not be decoded. The message text is what a
 * client is told: over HTTP it is the body of the 400. Without a stack trace, since clients choose
 * how many there are.
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
