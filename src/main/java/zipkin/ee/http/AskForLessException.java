package zipkin.ee.http;

/**
 * The answer would be larger than the server makes any; answered 503 without Retry-After, since
 * trying again won't help.
 */
public final class AskForLessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the client: what the answer exceeds, with the setting's name */
    public AskForLessException(String message) {
        super(message + ". Ask for less.");
    }
}
