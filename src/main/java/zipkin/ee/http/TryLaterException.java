package zipkin.ee.http;

/** The server has no room for what was asked now; answered 503 with Retry-After. */
public final class TryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the client */
    public TryLaterException(String message) {
        super(message);
    }
}
