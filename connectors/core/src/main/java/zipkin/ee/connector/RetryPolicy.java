package zipkin.ee.connector;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Pauses between tries: the first one is doubled with each failure in a row, up to a longest one.
 * Up to a fifth of each is left out at random, so that servers do not come back all at once. Thread
 * safe.
 */
public final class RetryPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int JITTER_SHARE = 5;
    private static final int MAX_DOUBLINGS = 20;

    private final long firstMillis;
    private final long longestMillis;
    private final LongUnaryOperator random;

    /**
     * A policy whose first pause is a second.
     *
     * @param longest pause; less than a second makes every pause that long
     */
    public RetryPolicy(Duration longest) {
        this(FIRST, longest, bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    /**
     * @param random gives a number from 0 to below its argument
     */
    public RetryPolicy(Duration first, Duration longest, LongUnaryOperator random) {
        this.longestMillis = Math.max(1, longest.toMillis());
        this.firstMillis = Math.min(Math.max(1, first.toMillis()), longestMillis);
        this.random = random;
    }

    /**
     * Returns how long to wait, in milliseconds.
     *
     * @param failures so far in a row, from 1
     */
    public long pauseMillis(int failures) {
        long millis = Math.min(longestMillis, firstMillis << Math.min(failures - 1, MAX_DOUBLINGS));
        return millis - random.applyAsLong(millis / JITTER_SHARE + 1);
    }
}
