package zipkin.ee.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.connector.kafka.LoopRig.P0;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

class DeadLettersTest {
    @Test
    void malformedMessage_isSentWithItsReasonBeforeItIsCommitted() throws Exception {
        try (LoopRig rig = LoopRig.with("a", "bad", "c")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            rig.producers(() -> new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter) {
                    rig.container.event("letter");
                    return rig.producer.send(letter);
                }
            });
            rig.start();
            rig.awaitCommitted(3);

            assertThat(rig.container.events()).containsSubsequence("release", "letter", "commit {zipkin-0=3}");
            assertThat(rig.deadLetters()).containsExactly("zipkin.dlt bad");
            ProducerRecord<byte[], byte[]> letter = rig.producer.history().get(0);
            assertThat(new String(letter.key(), UTF_8)).isEqualTo("key");
            assertThat(LoopRig.headers(letter))
                    .containsExactly(
                            "b3=0",
                            "zipkin-reason=no spans in it",
                            "zipkin-topic=zipkin",
                            "zipkin-partition=0",
                            "zipkin-offset=1",
                            "zipkin-timestamp=1700000000000");
            assertThat(rig.state.getMalformed()).isEqualTo(1);
            rig.awaitState("RUNNING");
        }
    }

    @Test
    void malformedMessage_withoutDeadLetters_isCommitted() throws Exception {
        try (LoopRig rig = LoopRig.with(LoopRig.settings(Duration.ofMillis(30), false), "bad")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            rig.start();
            rig.awaitCommitted(1);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void letter_refused_holdsItsSourceAndSaysWhatToDo() throws Exception {
        try (LoopRig rig = LoopRig.with("a", "bad", "c")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
            AtomicInteger failures = new AtomicInteger(3);
            rig.producers(() -> {
                MockProducer<byte[], byte[]> producer = producer(letter -> failures.getAndDecrement() > 0
                        ? new TopicAuthorizationException("Not authorized to access topics: [zipkin.dlt]")
                        : null);
                producers.add(producer);
                return producer;
            });
            rig.start();
            rig.awaitCommitted(1);
            rig.awaitState("WAITING");
            assertThat(rig.state.getDetail())
                    .isEqualTo("Dead letters cannot be sent to zipkin.dlt: TopicAuthorizationException: Not "
                            + "authorized to access"
                            + " topics: [zipkin.dlt]. Create the topic, let this user write to it, or set"
                            + " KAFKA_DEAD_LETTERS=false.");

            rig.awaitCommitted(3);
            rig.awaitState("RUNNING");
            assertThat(producers).hasSize(4);
            assertThat(producers).first().satisfies(first -> assertThat(first.closed())
                    .isTrue());
            assertThat(producers.get(3).history()).hasSize(1);
        }
    }

    @Test
    void letter_whoseProducerCannotBeMade_holdsItsSource() throws Exception {
        try (LoopRig rig = LoopRig.with("bad")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            rig.producers(() -> {
                throw new KafkaException("Failed to construct kafka producer");
            });
            rig.start();
            rig.awaitState("WAITING");
            assertThat(rig.consumer().committedOffset(P0)).isZero();
            assertThat(rig.state.getDetail()).contains("Failed to construct kafka producer");
            rig.producers(() -> rig.producer);
            rig.awaitCommitted(1);
            assertThat(rig.deadLetters()).containsExactly("zipkin.dlt bad");
        }
    }

    /** A send to a topic that is not there takes ten seconds to fail. */
    @Test
    void topic_missing_isTriedOnceForAllItsLetters() throws Exception {
        try (LoopRig rig = LoopRig.with("bad", "bad", "bad")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            AtomicInteger sends = new AtomicInteger();
            AtomicInteger producers = new AtomicInteger();
            rig.producers(() -> {
                producers.incrementAndGet();
                return producer(letter -> {
                    sends.incrementAndGet();
                    return new TimeoutException("Topic zipkin.dlt not present in metadata after 10000 ms.");
                });
            });
            rig.start();
            Await.value("tries", producers::get, count -> count >= 3);
            rig.release();
            rig.awaitEnd();
            assertThat(sends).hasValue(producers.get());
        }
    }

    @Test
    void letter_tooLarge_goesWithoutItsValue() throws Exception {
        try (LoopRig rig = LoopRig.with("bad")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            MockProducer<byte[], byte[]> producer =
                    producer(letter -> letter.value() == null ? null : new RecordTooLargeException("too large"));
            rig.producers(() -> producer);
            rig.start();
            rig.awaitCommitted(1);
            assertThat(producer.history()).hasSize(1);
            assertThat(LoopRig.headers(producer.history().get(0)))
                    .contains("zipkin-reason=no spans in it", "zipkin-value=left out, too large: 3 bytes");
        }
    }

    @Test
    void letter_forBrokersWithoutHeaders_goesWithoutThem() throws Exception {
        try (LoopRig rig = LoopRig.with("bad")) {
            rig.container.bean(DeadLettersTest::refuseBad);
            rig.producers(() -> new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter) {
                    if (letter.headers().iterator().hasNext()) {
                        throw new IllegalArgumentException("Magic v1 does not support record headers");
                    }
                    return rig.producer.send(letter);
                }
            });
            rig.start();
            rig.awaitCommitted(1);
            assertThat(rig.deadLetters()).containsExactly("zipkin.dlt bad");
        }
    }

    private static List<@Nullable Object> refuseBad(List<byte[]> messages) {
        List<@Nullable Object> answers = SimulatedContainer.storeAll(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (new String(messages.get(i), UTF_8).equals("bad")) {
                answers.set(i, "no spans in it");
            }
        }
        return answers;
    }

    private static MockProducer<byte[], byte[]> producer(
            Function<ProducerRecord<byte[], byte[]>, @Nullable Exception> failure) {
        return new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter) {
                Exception failed = failure.apply(letter);
                return failed == null ? super.send(letter) : CompletableFuture.failedFuture(failed);
            }
        };
    }
}
