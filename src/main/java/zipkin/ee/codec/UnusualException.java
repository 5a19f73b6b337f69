package zipkin.ee.codec;

/** Not what tracers write: zipkin2's reader has to look. */
final class UnusualException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusualException() {
        super("", null, false, false);
    }
}
