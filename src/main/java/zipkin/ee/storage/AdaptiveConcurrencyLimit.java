package zipkin.ee.storage;

/**
 * How many writes may run at the same time: a number between two others that rises by one after as
 * many successes in a row as it is high, while all of it was in use, and is halved when the storage
 * is overloaded or down. Several writes that fail together, having begun under the same limit,
 * halve it once. Thread safe.
 */
final class AdaptiveConcurrencyLimit {
    private final int min;
    private final int max;
    private int current;
    private int successes;
    private int era;

    private AdaptiveConcurrencyLimit(int min, int max) {
        this.min = min;
        this.max = max;
        this.current = min;
    }

    static AdaptiveConcurrencyLimit fixed(int writes) {
        return new AdaptiveConcurrencyLimit(writes, writes);
    }

    static AdaptiveConcurrencyLimit between(int min, int max) {
        return new AdaptiveConcurrencyLimit(min, max);
    }

    synchronized int current() {
        return current;
    }

    int max() {
        return max;
    }

    /** A write begins. Returns the era that {@link #unavailable} needs to know. */
    synchronized int begin() {
        return era;
    }

    /**
     * A write has succeeded.
     *
     * @param running writes, this one included
     */
    synchronized void stored(int running) {
        if (running < current || current == max) {
            return;
        }
        if (++successes >= current) {
            current++;
            successes = 0;
        }
    }

    /**
     * A write has failed because the storage takes nothing now.
     *
     * @param begun the result of {@link #begin}
     */
    synchronized void unavailable(int begun) {
        successes = 0;
        if (begun == era) {
            current = Math.max(min, current / 2);
            era++;
        }
    }
}
