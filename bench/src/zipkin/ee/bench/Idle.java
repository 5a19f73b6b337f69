package zipkin.ee.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Detects when a process has nothing left to do, by its CPU time: less than a twentieth of a
 * processor for three seconds.
 */
final class Idle {
    private static final double SHARE = 0.05;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int STEPS = 6;
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private Idle() {}

    /** Returns {@link System#nanoTime} of when it began to be idle, or of now when it never was. */
    static long await(DoubleSupplier cpuSeconds) {
        long start = System.nanoTime();
        long began = start;
        double last = cpuSeconds.getAsDouble();
        int idle = 0;
        while (idle < STEPS && System.nanoTime() - start < LIMIT_NANOS) {
            LockSupport.parkNanos(STEP_NANOS);
            double now = cpuSeconds.getAsDouble();
            if (now - last < SHARE * STEP_NANOS / 1e9) {
                idle++;
            } else {
                idle = 0;
                began = System.nanoTime();
            }
            last = now;
        }
        return began;
    }
}
