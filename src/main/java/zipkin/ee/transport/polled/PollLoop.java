package zipkin.ee.transport.polled;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import zipkin.ee.collect.TransportStatus;
import zipkin.ee.concurrent.RetryPolicy;

/**
 * Polls any number of pollers in turn on a fixed number of threads, until it is stopped. A poller
 * rests as long as its last result says; after a problem it rests for a pause of its retry policy,
 * and the problem is shown in /health meanwhile. Thread safe.
 */
public final class PollLoop {
    private static final long STOP_CHECK_MILLIS = 500;

    private final Logger logger;
    private final TransportStatus status;
    private final Class<? extends RuntimeException> outage;
    private final RetryPolicy pauses;
    private final DelayQueue<Turn> turns = new DelayQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final Runnable atEnd;
    private volatile boolean stopped;

    /**
     * @param outage what pollers throw while their broker can't be used; logged at DEBUG, since
     *     /health shows it. Any other exception is logged as a warning.
     * @param pauses after problems in a row
     * @param atEnd runs when all polls and pollers have ended, to close what they used
     */
    public PollLoop(
            Logger logger,
            TransportStatus status,
            Class<? extends RuntimeException> outage,
            RetryPolicy pauses,
            Runnable atEnd) {
        this.logger = logger;
        this.status = status;
        this.outage = outage;
        this.pauses = pauses;
        this.atEnd = atEnd;
    }

    /** Takes so many threads of a pool until the loop is stopped. */
    public void start(Executor pool, int threads) {
        running.set(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(this::run);
        }
    }

    /** Polls from now on, until the poller is over. */
    public void add(Poller poller) {
        turns.add(new Turn(poller));
    }

    /** Polls no more; a poll that runs is finished. */
    public void stop() {
        stopped = true;
    }

    /** Waits until no poll runs any more, after {@link #stop}; false when some still does. */
    public boolean awaitEnd(long seconds) {
        try {
            return ended.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            while (!stopped) {
                Turn turn = turns.poll(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                // A thread may get a turn after the loop was stopped; its poller is ended below.
                if (turn != null && (stopped || turn.poll())) {
                    turns.add(turn);
                }
            }
        } catch (InterruptedException e) { // The application server wants its threads back.
            stop();
            Thread.currentThread().interrupt();
        } finally {
            if (running.decrementAndGet() == 0) {
                end();
            }
        }
    }

    private void end() {
        try {
            turns.forEach(turn -> turn.poller.end());
        } finally {
            atEnd.run();
            ended.countDown();
        }
    }

    /** A poller and when it is due. */
    private final class Turn implements Delayed {
        private final Poller poller;
        private int failures;
        private long dueNanos = System.nanoTime();

        Turn(Poller poller) {
            this.poller = poller;
        }

        /** Whether it is to be polled again. */
        boolean poll() {
            long pauseMillis = pauses.pauseMillis(failures + 1);
            try {
                PollResult result = poller.poll(pauseMillis);
                if (result.problem() != null) {
                    backOff(result.problem(), pauseMillis);
                    return true;
                }
                status.works(poller);
                failures = 0;
                restFor(result.restMillis());
                return !result.over();
            } catch (RuntimeException e) { // A loop goes on whatever a poller throws.
                if (!stopped) {
                    logger.log(outage.isInstance(e) ? Level.DEBUG : Level.WARNING, "A poll failed", e);
                    backOff(String.valueOf(e.getMessage()), pauseMillis);
                }
                return true;
            }
        }

        private void backOff(String problem, long pauseMillis) {
            status.waits(poller, problem);
            failures++;
            restFor(pauseMillis);
        }

        private void restFor(long millis) {
            dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
