package zipkin.ee.transport.polled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.collect.TransportStatus;
import zipkin.ee.concurrent.RetryPolicy;
import zipkin.ee.text.SafeLogger;

class PollLoopTest {
    private final TransportStatus status = new TransportStatus();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final AtomicInteger closings = new AtomicInteger();
    private final PollLoop loop = new PollLoop(
            SafeLogger.of(PollLoopTest.class.getName()),
            status,
            UncheckedIOException.class,
            new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(15), bound -> 0),
            closings::incrementAndGet);

    @AfterEach
    void stop() {
        loop.stop();
        pool.shutdownNow();
    }

    /** Gives its results one after the other, each once the test has asked for it. */
    private static final class Scripted implements Poller {
        private final BlockingQueue<Object> results = new LinkedBlockingQueue<>();
        private final BlockingQueue<Long> backOffs = new LinkedBlockingQueue<>();
        private final List<String> ends = new CopyOnWriteArrayList<>();

        @Override
        public PollResult poll(long backOffMillis) {
            backOffs.add(backOffMillis);
            try {
                Object result = results.take();
                if (result instanceof RuntimeException failure) {
                    throw failure;
                }
                return (PollResult) result;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return PollResult.OVER;
            }
        }

        @Override
        public void end() {
            ends.add(Thread.currentThread().getName());
        }

        long awaitPoll() throws InterruptedException {
            Long backOff = backOffs.poll(30, TimeUnit.SECONDS);
            assertThat(backOff).isNotNull();
            return backOff;
        }
    }

    @Test
    void problem_isShown_untilAPollWorks_andPausesGrowToTheirBound() throws Exception {
        Scripted poller = new Scripted();
        loop.add(poller);
        loop.start(pool, 1);
        assertThat(poller.awaitPoll()).isEqualTo(10);
        poller.results.add(PollResult.failed("the storage is full"));
        assertThat(poller.awaitPoll()).isEqualTo(15);
        assertThat(status.first()).isEqualTo("the storage is full");
        poller.results.add(new IllegalStateException("unexpected"));
        assertThat(poller.awaitPoll()).isEqualTo(15);
        assertThat(status.first()).isEqualTo("unexpected");
        poller.results.add(PollResult.again(0));
        assertThat(poller.awaitPoll()).isEqualTo(10);
        assertThat(status.first()).isNull();
        poller.results.add(PollResult.OVER);
    }

    @Test
    void pollerThatIsOver_isNotPolledAgain_othersAre() throws Exception {
        Scripted over = new Scripted();
        Scripted other = new Scripted();
        loop.add(over);
        loop.add(other);
        loop.start(pool, 2);
        over.awaitPoll();
        over.results.add(PollResult.OVER);
        for (int i = 0; i < 5; i++) {
            other.awaitPoll();
            other.results.add(PollResult.again(0));
        }
        other.awaitPoll();
        assertThat(over.backOffs).isEmpty();
        other.results.add(PollResult.OVER);
    }

    @Test
    void stoppedLoop_finishesItsPoll_andEndsEachPollerOnce() throws Exception {
        Scripted poller = new Scripted();
        loop.add(poller);
        loop.start(pool, 2);
        poller.awaitPoll();
        loop.stop();
        assertThat(loop.awaitEnd(0)).isFalse();
        assertThat(closings).hasValue(0);
        poller.results.add(PollResult.again(0));
        assertThat(loop.awaitEnd(30)).isTrue();
        assertThat(poller.ends).hasSize(1);
        assertThat(closings).hasValue(1);
        assertThat(poller.backOffs).isEmpty();
    }
}
