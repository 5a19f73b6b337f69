package zipkin.ee.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.connector.kafka.LoopRig.P0;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

/** Consumers that fail, and stops at each point. */
class KafkaLoopFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new SaslAuthenticationException("Authentication failed: Invalid username or password"),
                        "WAITING",
                        "Kafka at broker:9092 refuses the login: SaslAuthenticationException: "
                                + "Authentication failed: Invalid"
                                + " username or password. Check security.protocol and the properties of sasl and ssl"
                                + " (ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_<PROPERTY>)."),
                Arguments.of(
                        new TopicAuthorizationException(Set.of("zipkin")),
                        "WAITING",
                        "Kafka at broker:9092 does not let this user read [zipkin]. Grant it READ and "
                                + "DESCRIBE on them."),
                Arguments.of(
                        GroupAuthorizationException.forGroupId("zipkin"),
                        "WAITING",
                        "Kafka at broker:9092 does not let this user into group zipkin. Grant it READ on "
                                + "the group, or set"
                                + " KAFKA_GROUP_ID to another."),
                Arguments.of(
                        new KafkaException(
                                "Failed to construct kafka consumer",
                                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")),
                        "CONNECTING",
                        "KAFKA_BOOTSTRAP_SERVERS=broker:9092: no address is found for any of these "
                                + "names. Tries again by itself."),
                Arguments.of(
                        new KafkaException(new IllegalArgumentException("JAAS config entry s3cret not terminated")),
                        "WAITING",
                        "A property of the consumer is wrong: IllegalArgumentException: JAAS config entry [hidden] not"
                                + " terminated. See ZIPKIN_COLLECTOR_KAFKA_OVERRIDES_<PROPERTY>."),
                Arguments.of(
                        new IllegalStateException("Something new"),
                        "WAITING",
                        "The consumer failed and is recreated: IllegalStateException: Something new"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void consumer_failingInAPoll_isReplacedByAnother(RuntimeException failure, String state, String detail)
            throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (LoopRig rig = new LoopRig(LoopRig.settings(Duration.ofMillis(300), true), consumer -> {
                    consumer.assign(P0);
                    LoopRig.append(consumer, P0, "a");
                    if (made.getAndIncrement() == 0) {
                        consumer.inNextPoll(() -> {
                            throw failure;
                        });
                    }
                })
                .start()) {
            rig.awaitState(state);
            Await.value("detail", rig.state::getDetail, detail::equals);
            rig.awaitCommitted(1);
            rig.awaitState("RUNNING");
            assertThat(rig.consumers).hasSize(2);
            assertThat(rig.consumers.get(0).closed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void consumer_thatCannotBeMade_isTriedAgain(RuntimeException failure, String state, String detail)
            throws Exception {
        try (LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofMillis(300), true), "a")) {
            rig.failConstruction(failure);
            rig.start();
            Await.value("detail", rig.state::getDetail, detail::equals);
            assertThat(rig.state.getState()).isEqualTo(state);
            rig.awaitCommitted(1);
        }
    }

    @Test
    void error_inAPoll_doesNotEndTheLoop() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
                    consumer.assign(P0);
                    LoopRig.append(consumer, P0, "a");
                    if (made.getAndIncrement() == 0) {
                        consumer.inNextPoll(() -> {
                            throw new OutOfMemoryError("simulated");
                        });
                    }
                })
                .start()) {
            rig.awaitCommitted(1);
            assertThat(rig.container.violations()).isEmpty();
        }
    }

    @Test
    void commit_refusedForGood_replacesTheConsumer() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (LoopRig rig = new LoopRig(LoopRig.SETTINGS, consumer -> {
                    consumer.assign(P0);
                    LoopRig.append(consumer, P0, "a");
                    if (made.getAndIncrement() == 0) {
                        consumer.failCommit(GroupAuthorizationException.forGroupId("zipkin"));
                    }
                })
                .start()) {
            rig.awaitCommitted(1);
            assertThat(rig.consumers).hasSize(2);
            assertThat(rig.deliveries()).containsExactly(List.of("a"), List.of("a"));
        }
    }

    @Test
    void loop_releasedDuringADelivery_commitsItAndLeaves() throws Exception {
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch storable = new CountDownLatch(1);
        try (LoopRig rig = LoopRig.with("a")) {
            rig.container.bean(messages -> {
                storing.countDown();
                KafkaLoopTest.await(storable);
                return SimulatedContainer.storeAll(messages);
            });
            rig.start();
            KafkaLoopTest.await(storing);
            // As a wake-up that waits makes a real consumer do.
            rig.consumer().failCommit(new WakeupException());
            rig.release();
            assertThat(rig.container.runningWorks()).isEqualTo(1);
            storable.countDown();
            rig.awaitEnd();

            assertThat(rig.container.events()).endsWith("commit fails", "commit {zipkin-0=1}", "close");
        }
    }

    @Test
    void loop_releasedDuringAPoll_deliversNothingMore() throws Exception {
        try (LoopRig rig = LoopRig.with("a")) {
            rig.start();
            rig.awaitCommitted(1);
            rig.consumer().inNextPoll(() -> {
                rig.release();
                LoopRig.append(rig.consumer(), P0, "b");
            });
            rig.awaitEnd();
            assertThat(rig.deliveries()).containsExactly(List.of("a"));
            assertThat(rig.consumer().closed()).isTrue();
        }
    }

    @Test
    void loop_releasedWhileItBacksOff_endsAtOnce() throws Exception {
        try (LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofHours(1), true), "a")) {
            rig.container.fail(SimulatedContainer.Step.CREATE_ENDPOINT);
            rig.start();
            rig.awaitState("WAITING");
            rig.release();
            rig.awaitEnd();
            assertThat(rig.container.events()).endsWith("close").doesNotContain("commit {zipkin-0=1}");
        }
    }

    @Test
    void loop_releasedBetweenConsumers_endsAtOnce() throws Exception {
        try (LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofHours(1), true))) {
            rig.failConstruction(new KafkaException("no"));
            rig.start();
            rig.awaitState("WAITING");
            rig.release();
            rig.awaitEnd();
            assertThat(rig.consumers).isEmpty();
        }
    }

    @Test
    void loop_releasedBeforeItRuns_makesNoConsumer() throws Exception {
        try (LoopRig rig = LoopRig.with("a")) {
            rig.release();
            rig.start();
            rig.awaitEnd();
            assertThat(rig.consumers).isEmpty();
        }
    }

    @Test
    void loop_releasedTwice_ends() throws Exception {
        try (LoopRig rig = LoopRig.with("a")) {
            rig.start();
            rig.awaitCommitted(1);
            rig.release();
            rig.release();
            rig.awaitEnd();
        }
    }

    @Test
    void loop_interrupted_ends() throws Exception {
        LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofHours(1), true));
        try (rig) {
            rig.failConstruction(new KafkaException("no"));
            rig.start();
            rig.awaitState("WAITING");
            rig.container.close();
            rig.awaitEnd();
        }
    }
}
