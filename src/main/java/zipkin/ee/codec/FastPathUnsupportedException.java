package zipkin.ee.codec;

/** The message is not what tracers write, so zipkin2's reader has to read it. */
public final class FastPathUnsupportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FastPathUnsupportedException() {
        super("", null, false, false);
    }

    /** Throws if something is not usual. */
    public static void requireUsual(boolean usual) {
        if (!usual) {
            throw new FastPathUnsupportedException();
        }
    }
}
