package zipkin.ee.transport.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.codec.Encoding;
import zipkin.ee.collect.Outcome;

class JmsJournalTest {
    private static final byte[] MESSAGE = "[1]".getBytes(UTF_8);

    private final JmsFakes broker = new JmsFakes();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
    private final JmsJournal journal = new JmsJournal(broker, pool, pool, Duration.ofSeconds(5));

    private final Budget budget = new Budget(1000);
    private final Account account = new Account();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void message_isKeptAsItIs_withWhatTheRequestSaid() {
        assertThat(keep(true)).isInstanceOf(Outcome.Stored.class);

        assertThat(broker.sent).singleElement().satisfies(sent -> {
            assertThat(sent.queue()).isEqualTo("java:/jms/queue/zipkin-journal");
            assertThat(sent.body()).isEqualTo(MESSAGE);
            assertThat(sent.properties()).isEqualTo(Map.of("zipkin_encoding", "JSON_V1", "zipkin_debug", true));
            assertThat(sent.persistent()).isTrue();
        });
        assertThat(broker.openConnections).isZero();
    }

    @Test
    void brokerThatRefuses_isToldToTheSender_andInHealth() {
        broker.failure = new JMSException("the address is full");

        assertThat(keep(false)).isInstanceOf(Outcome.TryLater.class);
        assertThat(journal.problem()).contains("the address is full");
    }

    @Test
    void fullPool_refusesAtOnce() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        pool.execute(() -> awaitUninterrupted(release));
        pool.execute(() -> awaitUninterrupted(release));

        assertThat(keep(false))
                .isEqualTo(new Outcome.TryLater("Too many messages wait for the journal. Try again later."));
        release.countDown();
        assertThat(broker.sent).isEmpty();
    }

    @Test
    void brokerThatHangs_isNotWaitedForLonger() {
        JmsJournal impatient = new JmsJournal(broker, task -> {}, pool, Duration.ofMillis(1));

        assertThat(impatient
                        .keep(MESSAGE, Encoding.THRIFT, false, account)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void messageThatStillWaits_whenItsTimeIsOver_isHeldUntilItsTurn_andNotSent() {
        List<Runnable> waiting = new ArrayList<>();
        JmsJournal impatient = new JmsJournal(broker, waiting::add, pool, Duration.ofMillis(1));
        assertThat(account.take(budget, MESSAGE.length)).isTrue();

        impatient
                .keep(MESSAGE, Encoding.THRIFT, false, account)
                .toCompletableFuture()
                .join();
        account.close();

        assertThat(budget.used()).isEqualTo(MESSAGE.length);
        waiting.forEach(Runnable::run);
        assertThat(budget.used()).isZero();
        assertThat(broker.sent).isEmpty();
    }

    @Test
    void serverWithoutMessaging_saysWhichScriptToRun() {
        broker.failure = new JMSException("The application server has no java:/jms/queue/zipkin-journal");
        JmsJournal impatient = new JmsJournal(broker, pool, pool, Duration.ofMillis(1));

        assertThatThrownBy(impatient::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("COLLECTOR_HTTP_JOURNAL=jms: The application server has no java:/jms/queue/zipkin-journal."
                        + " Make the server ready for messages (docs/operating/messaging.md).");
    }

    private Outcome keep(boolean debug) {
        return journal.keep(MESSAGE, Encoding.JSON_V1, debug, account)
                .toCompletableFuture()
                .join();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
