package zipkin.ee.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.connector.kafka.LoopRig.P0;
import static zipkin.ee.connector.kafka.LoopRig.P1;

import jakarta.resource.ResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.connector.SimulatedContainer.Step;
import zipkin.ee.testing.Await;

class KafkaLoopTest {
    private static final TopicPartition OTHER = new TopicPartition("zipkin", 9);

    @Test
    void poll_stored_isDeliveredInOneCallAndCommittedAfterIt() throws Exception {
        try (LoopRig rig = LoopRig.with("a", "b", "c").start()) {
            rig.awaitCommitted(3);

            assertThat(rig.container.events())
                    .startsWith(
                            "createEndpoint",
                            "beforeDelivery",
                            "onMessage 3",
                            "answered",
                            "afterDelivery",
                            "release",
                            "commit {zipkin-0=3}");
            assertThat(rig.deliveries()).containsExactly(List.of("a", "b", "c"));
            rig.awaitState("RUNNING");
            assertThat(rig.state.getDetail()).isEqualTo("topic zipkin of broker:9092, group zipkin, 1 partition");
            assertThat(rig.state.getMessages()).isEqualTo(3);
            assertThat(rig.container.violations()).isEmpty();
        }
    }

    @Test
    void poll_beingStored_isNotCommitted() throws Exception {
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch storable = new CountDownLatch(1);
        try (LoopRig rig = LoopRig.with("a")) {
            rig.container.bean(messages -> {
                storing.countDown();
                await(storable);
                return SimulatedContainer.storeAll(messages);
            });
            rig.start();
            await(storing);

            assertThat(rig.consumer().committedOffset(P0)).isZero();
            storable.countDown();
            rig.awaitCommitted(1);
        }
    }

    @Test
    void recordWithoutValue_isDeliveredAsEmptyMessage() throws Exception {
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
                    consumer.assign(P0);
                    consumer.append(P0, null);
                })
                .start()) {
            rig.awaitCommitted(1);
            assertThat(rig.deliveries()).containsExactly(List.of(""));
        }
    }

    @Test
    void topicsOfOtlp_areConsumedToo_andTheirMessagesMarked() throws Exception {
        TopicPartition ofOtlp = new TopicPartition("otlp_spans", 0);
        ConsumerSettings settings = new ConsumerSettings(
                "broker:9092",
                List.of("zipkin"),
                List.of("otlp_spans", "traces"),
                "zipkin",
                1,
                true,
                Duration.ofMillis(30));
        try (LoopRig rig = new LoopRig(settings, consumer -> {
            consumer.assign(P0, ofOtlp);
            LoopRig.append(consumer, P0, "a", "b");
            LoopRig.append(consumer, ofOtlp, "x", "bad");
        })) {
            rig.container.bean(messages -> {
                List<Object> answers = new ArrayList<>(SimulatedContainer.storeAll(messages));
                for (int i = 0; i < answers.size(); i++) {
                    if (new String(messages.get(i), UTF_8).equals("bad")) {
                        answers.set(i, "no OTLP");
                    }
                }
                return answers;
            });
            rig.start();
            Await.value(
                    "commit of the topic of OTLP", () -> rig.committedOffset(ofOtlp), offset -> offset == 2);

            assertThat(rig.consumer().subscription()).containsExactlyInAnyOrder("zipkin", "otlp_spans", "traces");
            assertThat(rig.otlp()).containsExactly("x", "bad");
            assertThat(rig.deliveries().stream().flatMap(List::stream)).containsExactlyInAnyOrder("a", "b", "x", "bad");
            assertThat(rig.deadLetters()).containsExactly("otlp_spans.dlt bad");
            rig.awaitState("RUNNING");
            assertThat(rig.state.getDetail())
                    .startsWith("topic zipkin and OTLP in otlp_spans,traces of broker:9092, group zipkin, ");
            assertThat(rig.container.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void step_failing_commitsNothingAndRedeliversEverything(Step step) throws Exception {
        try (LoopRig rig = LoopRig.with("a", "b")) {
            rig.container.fail(step);
            rig.start();
            Await.value("redeliveries", rig.state::getRedelivered, redelivered -> redelivered >= 6);

            assertThat(rig.consumer().committedOffset(P0)).isZero();
            assertThat(rig.state.getState()).isEqualTo("WAITING");
            assertThat(rig.state.getDetail()).contains(step == Step.ON_MESSAGE ? "The bean is broken" : step.name());
            rig.container.recover();
            rig.awaitCommitted(2);
            rig.awaitState("RUNNING");
            assertThat(rig.deliveries()).endsWith(List.of("a", "b"));
            assertThat(rig.container.violations()).isEmpty();
            assertThat(rig.consumers).hasSize(1);
        }
    }

    @Test
    void message_toComeAgain_holdsItsPartitionOnly() throws Exception {
        AtomicBoolean storable = new AtomicBoolean();
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
            consumer.assign(P0, P1);
            LoopRig.append(consumer, P0, "a", "full", "c");
            LoopRig.append(consumer, P1, "x", "y");
        })) {
            rig.container.bean(messages -> answers(messages, "full", storable));
            rig.start();
            rig.awaitCommitted(1);
            Await.value("commit", () -> rig.committedOffset(P1), committed -> committed == 2);
            rig.awaitState("WAITING");
            assertThat(rig.state.getDetail()).isEqualTo("The storage is full");

            storable.set(true);
            rig.awaitCommitted(3);
            assertThat(rig.deliveries()).endsWith(List.of("full", "c"));
        }
    }

    @Test
    void consumer_whileTheStorageIsDown_isPausedAndGoesOnPolling() throws Exception {
        AtomicBoolean storable = new AtomicBoolean();
        try (LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofMillis(400), true), "full")) {
            rig.container.bean(messages -> answers(messages, "full", storable));
            rig.start();
            rig.awaitState("WAITING");
            rig.consumer().assign(P0, P1);
            LoopRig.append(rig.consumer(), P1, "x");
            int deliveries = rig.deliveries().size();

            rig.awaitPolls(20);
            assertThat(rig.consumer().paused()).containsExactlyInAnyOrder(P0, P1);
            assertThat(rig.deliveries()).hasSize(deliveries);

            storable.set(true);
            rig.awaitCommitted(1);
            Await.value("commit", () -> rig.committedOffset(P1), committed -> committed == 1);
            assertThat(rig.consumer().paused()).isEmpty();
        }
    }

    @Test
    void commit_failingInARebalance_isMadeWhenPartitionsAreRevoked() throws Exception {
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
                    consumer.assign(P0);
                    LoopRig.append(consumer, P0, "a");
                    consumer.failCommit(new RebalanceInProgressException());
                    consumer.failCommit(new RebalanceInProgressException());
                    consumer.inNextPoll(() -> {});
                })
                .start()) {
            rig.awaitCommitted(1);
            rig.consumer().assign(OTHER);
            rig.awaitPolls(3);
            assertThat(rig.deliveries()).containsExactly(List.of("a"));
            assertThat(rig.consumers).hasSize(1);
        }
    }

    @Test
    void rebalance_withAnUncommittedDelivery_commitsItBeforeThePartitionGoes() throws Exception {
        try (LoopRig rig = LoopRig.with("a")) {
            rig.container.bean(messages -> {
                rig.consumer().failCommit(new RebalanceInProgressException());
                rig.consumer().assign(OTHER);
                return SimulatedContainer.storeAll(messages);
            });
            rig.start();
            rig.awaitCommitted(1);
            assertThat(rig.container.events()).contains("commit fails", "commit {zipkin-0=1}");
            assertThat(rig.deliveries()).hasSize(1);
        }
    }

    @Test
    void partition_lostWithAnUncommittedDelivery_isNotCommitted() throws Exception {
        try (LoopRig rig = LoopRig.with("a")) {
            rig.container.bean(messages -> {
                LoggedConsumer consumer = rig.consumer();
                consumer.failCommit(new CommitFailedException("another has it"));
                consumer.failCommit(new CommitFailedException("another has it"));
                consumer.assign(OTHER);
                return SimulatedContainer.storeAll(messages);
            });
            rig.start();
            Await.value("failed commit", rig.container::events, events -> events.contains("commit fails"));
            Await.value("deliveries", () -> rig.deliveries().size(), size -> size == 1);
            rig.awaitPolls(5);
            assertThat(rig.consumer().committedOffset(P0)).isZero();
            rig.awaitState("RUNNING");
        }
    }

    @Test
    void commit_withoutAnswer_isTriedAgainAndShown() throws Exception {
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
            consumer.assign(P0);
            LoopRig.append(consumer, P0, "a");
        })) {
            AtomicBoolean answering = new AtomicBoolean();
            rig.container.bean(messages -> {
                refuseCommits(rig.consumer(), answering);
                return SimulatedContainer.storeAll(messages);
            });
            rig.start();
            rig.awaitState("WAITING");
            assertThat(rig.state.getDetail()).contains("offsets cannot be committed to broker:9092");
            answering.set(true);
            rig.awaitCommitted(1);
            rig.awaitState("RUNNING");
            assertThat(rig.deliveries()).hasSize(1);
        }
    }

    private static void refuseCommits(LoggedConsumer consumer, AtomicBoolean answering) {
        if (!answering.get()) {
            consumer.failCommit(new TimeoutException("no answer"));
            consumer.inNextPoll(() -> refuseCommits(consumer, answering));
        }
    }

    /** Stores everything but {@code held} and what is said to come again with it. */
    private static List<Object> answers(List<byte[]> messages, String held, AtomicBoolean storable) {
        List<Object> answers = new ArrayList<>(SimulatedContainer.storeAll(messages));
        for (int i = 0; i < answers.size(); i++) {
            if (!storable.get()
                    && Arrays.equals(messages.get(i), held.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
                answers.set(i, new ResourceException("The storage is full"));
            }
        }
        return answers;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
