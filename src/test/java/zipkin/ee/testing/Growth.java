package zipkin.ee.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/** How much more work is for twice the input, by the CPU of its thread: 2 when it is linear, 4 when it is quadratic. */
public final class Growth {
    /** Between linear and quadratic, with room for a busy machine. */
    public static final double LESS_THAN_QUADRATIC = 3;

    private static final int ROUNDS = 7;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is measured; anything may be thrown. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private Growth() {}

    /**
     * The least CPU that {@code 2 * size} took in a few rounds, divided by the least that {@code size} took.
     *
     * @param prepare makes work for a size, unmeasured, once for each round
     */
    public static double ofDoubling(int size, IntFunction<Work> prepare) throws Exception {
        long once = Long.MAX_VALUE;
        long twice = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            once = Math.min(once, nanos(prepare.apply(size)));
            twice = Math.min(twice, nanos(prepare.apply(2 * size)));
        }
        return (double) twice / once;
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
