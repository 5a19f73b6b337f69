package zipkin.ee.transport.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import zipkin.ee.concurrent.RetryPolicy;

/**
 * The pauses between the tries of one delivery: half a second, doubled each time up to a longest
 * one, some 15 seconds in all. Brokers whose redelivery has no pause do not spin then, and their
 * counts of deliveries grow slowly.
 */
class JmsPauses {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final long ALL_MILLIS = 16_000;
    private static final int MOST = 100;

    private final RetryPolicy retries;
    private final int count;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param longest of a single pause
     */
    JmsPauses(Duration longest) {
        this.retries = new RetryPolicy(
                FIRST, longest, bound -> ThreadLocalRandom.current().nextLong(bound));
        RetryPolicy longestPauses = new RetryPolicy(FIRST, longest, bound -> 0);
        int fitting = 0;
        for (long left = ALL_MILLIS - longestPauses.pauseMillis(1); left >= 0 && fitting < MOST; ) {
            fitting++;
            left -= longestPauses.pauseMillis(fitting + 1);
        }
        this.count = fitting;
    }

    /** How many there are in one delivery. */
    int count() {
        return count;
    }

    /**
     * Waits for a while, or until all pauses are over.
     *
     * @param index from 0
     * @return whether there is to be another try
     */
    boolean pause(int index) throws InterruptedException {
        return !over.await(retries.pauseMillis(index + 1), TimeUnit.MILLISECONDS);
    }

    /**
     * From now on nobody waits: the application is being stopped, which has to wait for messages in
     * flight.
     */
    void end() {
        over.countDown();
    }
}
