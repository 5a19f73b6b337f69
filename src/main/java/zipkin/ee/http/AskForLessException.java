package zipkin.ee.http;

/** The answer would exceed the maximum size: 503 without Retry-After, since a retry cannot help. */
public final class AskForLessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what the answer exceeds, with the name of the setting; shown to the client */
    public AskForLessException(String message) {
        super(message + ". Ask for less.");
    }
}
