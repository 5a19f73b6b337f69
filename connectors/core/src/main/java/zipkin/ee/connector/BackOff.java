package zipkin.ee.connector;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: 1 s, doubled with each failure up to a maximum, and up to a fifth less at
 * random, so that servers do not come back all at once. Not thread safe.
 */
public final class BackOff {
    private static final long FIRST_MILLIS = 1000;
    private static final int JITTER_SHARE = 5;

    private final long maxMillis;
    private long nextMillis;

    /**
     * @param max longest pause; less than a second makes every pause that long
     */
    public BackOff(Duration max) {
        this.maxMillis = Math.max(1, max.toMillis());
        this.nextMillis = Math.min(FIRST_MILLIS, maxMillis);
    }

    /** How long to wait after a failure, in milliseconds. */
    public long afterFailureMillis() {
        long millis = nextMillis;
        nextMillis = Math.min(maxMillis, millis * 2);
        return millis - ThreadLocalRandom.current().nextLong(millis / JITTER_SHARE + 1);
    }

    /** It worked: the next failure starts at the first pause again. */
    public void reset() {
        nextMillis = Math.min(FIRST_MILLIS, maxMillis);
    }
}
