package zipkin.ee.http.answer;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.Budgets;
import zipkin.ee.cdi.SingleInstance;
import zipkin.ee.concurrent.ContainerTimer;

/**
 * The {@link Budget} of all answers, from their creation until clients have read them. An answer
 * that a client does not read is dropped after {@code HTTP_ANSWER_TIMEOUT}, or after a tenth of
 * that when others need the room.
 */
@SingleInstance
class AnswerMemory {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int SOONER = 10;

    private final Set<AnswerWriter> unread = ConcurrentHashMap.newKeySet();
    private final Budget budget;
    private final long limitNanos;
    private final long maxNanos;
    private final ContainerTimer timer;

    @Inject
    AnswerMemory(HttpAnswerSettings settings, Budgets budgets, ContainerTimer timer) {
        this.budget = budgets.create("answers_bytes", settings.maxHeldBytes());
        this.limitNanos = settings.timeout().toNanos();
        this.maxNanos = settings.maxTime().toNanos();
        this.timer = timer;
    }

    @PostConstruct
    void start() {
        timer.every(PAUSE, () -> expire(System.nanoTime(), limitNanos));
    }

    boolean take(long bytes) {
        if (budget.take(bytes)) {
            return true;
        }
        expire(System.nanoTime(), limitNanos / SOONER);
        return budget.take(bytes);
    }

    void giveBack(long bytes) {
        budget.giveBack(bytes);
    }

    long limit() {
        return budget.limit();
    }

    long used() {
        return budget.used();
    }

    void add(AnswerWriter writer) {
        unread.add(writer);
    }

    void remove(AnswerWriter writer) {
        unread.remove(writer);
    }

    /**
     * Drops answers without progress for some time and those that exceed
     * {@code HTTP_ANSWER_MAX_TIME}.
     *
     * @param nowNanos the present time by {@link System#nanoTime()}
     */
    void expire(long nowNanos, long stalledNanos) {
        unread.removeIf(writer -> {
            boolean late = writer.isStalled(nowNanos, stalledNanos) || writer.isLate(nowNanos, maxNanos);
            if (late) {
                writer.giveUp();
            }
            return late;
        });
    }
}
