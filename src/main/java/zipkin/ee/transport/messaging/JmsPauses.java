package zipkin.ee.transport.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pauses between the tries of one delivery: half a second, doubled each time up to a longest
 * one, some 15 seconds in all. Brokers whose redelivery has no pause do not spin then, and their
 * counts of deliveries grow slowly.
 */
class JmsPauses {
    private static final long FIRST_MILLIS = 500;
    private static final long ALL_MILLIS = 16_000;

    private final List<Long> millis = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param longest of a single pause
     */
    JmsPauses(Duration longest) {
        long longestMillis = Math.max(1, longest.toMillis());
        long next = Math.min(FIRST_MILLIS, longestMillis);
        for (long all = next; all <= ALL_MILLIS && millis.size() < 100; all += next) {
            millis.add(next);
            next = Math.min(next * 2, longestMillis);
        }
    }

    /** How many there are in one delivery. */
    int count() {
        return millis.size();
    }

    /**
     * Waits for a while, or until all pauses are over.
     *
     * @return whether there is to be another try
     */
    boolean pause(int index) throws InterruptedException {
        return !over.await(millis.get(index), TimeUnit.MILLISECONDS);
    }

    /**
     * From now on nobody waits: the application is being stopped, which has to wait for messages in
     * flight.
     */
    void end() {
        over.countDown();
    }
}
