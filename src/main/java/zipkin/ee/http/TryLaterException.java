package zipkin.ee.http;

/** The server has no room for the request at present: 503 with Retry-After. */
public final class TryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message shown to the client */
    public TryLaterException(String message) {
        super(message);
    }
}
