package zipkin.ee.bench;

/**
 * Something that the benchmark needs is not on this machine. The message is one line and says how
 * to get it.
 */
final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingException(String message) {
        super(message);
    }
}
