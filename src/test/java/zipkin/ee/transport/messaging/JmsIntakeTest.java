package zipkin.ee.transport.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;

class JmsIntakeTest {
    private static final Outcome LATER = new Outcome.TryLater("the disk is full");

    private final JmsFakes broker = new JmsFakes();
    private final TransportCounters counters = new TransportCounters("jms", true);
    private final QueueState state = new QueueState(System::nanoTime);
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private final List<String> stored = new ArrayList<>();
    private int pauses;

    private final JmsIntake intake = new JmsIntake(
            (bytes, message) -> {
                stored.add(new String(bytes, UTF_8));
                return outcomes.size() == 1 ? outcomes.peek() : outcomes.remove();
            },
            bytes -> null,
            counters,
            new DeadLetters(
                    broker,
                    "factory",
                    () -> "zipkin",
                    queue -> queue + ".dlq",
                    Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)),
            new JmsPauses(Duration.ofSeconds(4)) {
                @Override
                boolean pause(int index) {
                    pauses++;
                    return true;
                }
            },
            state);

    @Test
    void bytesAndText_areStored_andAcknowledged() {
        outcomes.add(new Outcome.Stored());

        assertThat(intake.take(bytes("[1]"))).isTrue();
        assertThat(intake.take(text("[ü]"))).isTrue();

        assertThat(stored).containsExactly("[1]", "[ü]");
        assertThat(broker.sent).isEmpty();
    }

    @Test
    void malformedMessage_isSentToTheDeadLetters_andAcknowledged() {
        outcomes.add(new Outcome.Malformed("no list"));

        assertThat(intake.take(bytes("{}"))).isTrue();
        assertThat(intake.take(text("hello"))).isTrue();

        assertThat(broker.sent).hasSize(2);
        assertThat(broker.sent.get(0).queue()).isEqualTo("zipkin.dlq");
        assertThat(broker.sent.get(0).body()).isEqualTo("{}".getBytes(UTF_8));
        assertThat(broker.sent.get(0).properties())
                .isEqualTo(Map.of(
                        "zipkin_reason", "no list",
                        "zipkin_source", "zipkin",
                        "zipkin_time", "2026-01-02T03:04:05Z"));
        assertThat(broker.sent.get(1).body()).isEqualTo("hello");
        assertThat(broker.openConnections).isZero();
    }

    @Test
    void otherTypesOfMessage_areMalformed() {
        assertThat(intake.take(JmsFakes.message(MapMessage.class, "no bytes"))).isTrue();

        assertThat(broker.sent).singleElement().satisfies(letter -> {
            assertThat(letter.body()).isEqualTo("a MapMessage");
            assertThat(letter.properties())
                    .containsEntry(
                            "zipkin_reason", "Expected a BytesMessage or a TextMessage, but received: MapMessage");
        });
        assertThat(counters.messagesDropped()).isEqualTo(1);
        assertThat(stored).isEmpty();
    }

    @Test
    void deadLetterThatCannotBeSent_isDeliveredAgain_afterAPause() {
        outcomes.add(new Outcome.Malformed("no list"));
        broker.failure = new JMSException("no such queue");

        assertThat(intake.take(bytes("{}"))).isFalse();

        assertThat(pauses).isEqualTo(1);
        assertThat(state.problem()).contains("no such queue");
    }

    @Test
    void storageThatComesBack_isTriedAgainWithinTheDelivery() {
        outcomes.addAll(List.of(LATER, LATER, new Outcome.Stored()));

        assertThat(intake.take(bytes("[1]"))).isTrue();

        assertThat(stored).hasSize(3);
        assertThat(pauses).isEqualTo(2);
        assertThat(state.problem()).isNull();
    }

    @Test
    void storageThatStaysDown_endsInARedelivery() {
        outcomes.add(LATER);

        assertThat(intake.take(bytes("[1]"))).isFalse();

        assertThat(pauses).isEqualTo(stored.size() - 1).isPositive();
        assertThat(state.problem()).isEqualTo("the disk is full");
        assertThat(broker.sent).isEmpty();
    }

    @Test
    void failureOfTheStore_isARedelivery() {
        JmsIntake failing = new JmsIntake(
                (bytes, message) -> {
                    throw new IllegalStateException("unexpected");
                },
                bytes -> null,
                counters,
                new DeadLetters(broker, "factory", () -> "zipkin", queue -> queue, Clock.systemUTC()),
                new JmsPauses(Duration.ofMillis(1)),
                state);

        assertThat(failing.take(bytes("[1]"))).isFalse();

        assertThat(state.problem()).contains("unexpected");
    }

    @Test
    void stopOfTheServer_endsTheWaiting() {
        outcomes.add(LATER);
        JmsIntake interrupted = new JmsIntake(
                (bytes, message) -> LATER,
                bytes -> null,
                counters,
                new DeadLetters(broker, "factory", () -> "zipkin", queue -> queue, Clock.systemUTC()),
                new JmsPauses(Duration.ofMinutes(1)),
                state);

        Thread.currentThread().interrupt();

        assertThat(interrupted.take(bytes("[1]"))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void undeployment_endsThePauses_andGivesTheMessageBackAtOnce() {
        JmsPauses ended = new JmsPauses(Duration.ofHours(1));
        List<byte[]> tries = new ArrayList<>();
        JmsIntake waiting = new JmsIntake(
                (bytes, message) -> {
                    tries.add(bytes);
                    return LATER;
                },
                bytes -> null,
                counters,
                new DeadLetters(broker, "factory", () -> "zipkin", queue -> queue, Clock.systemUTC()),
                ended,
                state);

        ended.end();

        assertThat(waiting.take(bytes("[1]"))).isFalse();
        assertThat(tries).hasSize(1);
    }

    @Test
    void pauses_areSomeFifteenSecondsInAll() {
        assertThat(new JmsPauses(Duration.ofSeconds(30)).count()).isEqualTo(5);
        assertThat(new JmsPauses(Duration.ofSeconds(4)).count()).isEqualTo(6);
        assertThat(new JmsPauses(Duration.ofMillis(1)).count()).isEqualTo(100);
    }

    @Test
    void state_isForgottenAfterTwoMinutes() {
        long[] now = {0};
        QueueState aging = new QueueState(() -> now[0]);
        aging.waits("down");

        now[0] = Duration.ofSeconds(119).toNanos();
        assertThat(aging.problem()).isEqualTo("down");
        now[0] = Duration.ofSeconds(121).toNanos();
        assertThat(aging.problem()).isNull();
        assertThat(aging.used()).isTrue();
    }

    private static Message bytes(String body) {
        return JmsFakes.message(BytesMessage.class, body.getBytes(UTF_8));
    }

    private static Message text(String body) {
        return JmsFakes.message(TextMessage.class, body);
    }
}
