package zipkin.ee.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/**
 * How much more work is for twice the input, by the CPU of its thread: 2 when it is linear, 4 when
 * it is quadratic.
 */
public final class Growth {
    /** Between linear and quadratic, with room for a busy machine. */
    public static final double LESS_THAN_QUADRATIC = 3;

    private static final int LEAST_ROUNDS = 3;
    private static final int ROUNDS = 9;

    /** Below this further rounds change nothing. */
    private static final double SURELY_LESS = 2.5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is measured; anything may be thrown. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private Growth() {}

    /**
     * By what the least CPU that some work took in a few rounds grows for each of two doublings.
     *
     * @param size a quarter of the largest that is measured
     * @param prepare makes work for a size, unmeasured, once for each round
     */
    public static double ofDoubling(int size, IntFunction<Work> prepare) throws Exception {
        long once = Long.MAX_VALUE;
        long fourTimes = Long.MAX_VALUE;
        double growth = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            once = Math.min(once, nanos(prepare.apply(size)));
            fourTimes = Math.min(fourTimes, nanos(prepare.apply(4 * size)));
            growth = Math.sqrt((double) fourTimes / once);
            if (round >= LEAST_ROUNDS && growth < SURELY_LESS) {
                break;
            }
        }
        return growth;
    }

    /** The least CPU that some work took in a few rounds. */
    public static long leastNanos(int size, IntFunction<Work> prepare) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, nanos(prepare.apply(size)));
        }
        return least;
    }

    private static long nanos(Work work) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return Math.max(1, THREADS.getCurrentThreadCpuTime() - start);
    }
}
