package zipkin.ee.fault;

/**
 * Remembers whether an OutOfMemoryError occurred. After one, any thread may have stopped half-way,
 * so the process should be restarted. Thread safe.
 */
public final class MemoryFault {
    private static final int MAX_CAUSES = 50;
    private static volatile boolean seen;

    private MemoryFault() {}

    /** Checks an error and its causes. */
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

    /** Resets it, for tests. */
    static void forget() {
        seen = false;
    }
}
