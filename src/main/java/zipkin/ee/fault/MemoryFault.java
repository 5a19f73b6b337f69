package zipkin.ee.fault;

/**
 * Whether an OutOfMemoryError was seen. After one, any thread may have been left half-way, so the
 * process should be started again. Thread safe.
 */
public final class MemoryFault {
    private static final int MAX_CAUSES = 50;
    private static volatile boolean seen;

    private MemoryFault() {}

    /** To be given what was thrown, whatever it is. */
    public static void note(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError) {
                seen = true;
                return;
            }
            cause = cause.getCause();
        }
    }

    public static boolean seen() {
        return seen;
    }

    /** For tests: forgets what was seen. */
    static void forget() {
        seen = false;
    }
}
