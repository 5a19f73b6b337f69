package zipkin.ee.codec.otlp;

/**
 * A message cannot be read any further. The reader that catches it adds where. Without a stack
 * trace, because clients can cause any number of these.
 */
final class OtlpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what a sentence without its period */
    OtlpProblem(String what) {
        super(what, null, false, false);
    }

    static OtlpProblem malformed(String what) {
        return new OtlpProblem("Malformed: " + what);
    }

    /** @param limit what there is more of than allowed, with the number */
    static OtlpProblem exceeded(String limit) {
        return new OtlpProblem("Refused: more than " + limit);
    }
}
