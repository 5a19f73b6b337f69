package zipkin.ee.codec;

/** Not what tracers write: zipkin2's reader has to look. */
final class FastPathUnsupportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FastPathUnsupportedException() {
        super("", null, false, false);
    }
}
