package zipkin.ee.connector.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.connector.SimulatedContainer.Step;
import zipkin.ee.testing.Await;

/** What only a real RabbitMQ can prove; the container is simulated. */
class RabbitAdapterIT extends RealRabbit {
    RabbitAdapterIT() throws Exception {}

    @Test
    void missingQueue_isDeclaredDurable_andWhatIsStoredIsAcknowledged() throws Exception {
        fixture.activate();
        assertThat(fixture.awaitState("RUNNING")).contains(queue);
        channel.queueDeclare(queue, true, false, false, null); // refused were it not durable
        send("1", "2", "3");
        Await.value("deliveries", fixture::delivered, messages -> messages.size() == 3);
        assertThat(left()).isZero();
        assertThat(fixture.delivered()).containsExactly("1", "2", "3");
    }

    @Test
    void fullQueue_isDrainedInFewCalls_inOrder() throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
        for (int i = 0; i < 2000; i++) {
            send(Integer.toString(i));
        }
        Await.value("messages in the queue", () -> count(queue), count -> count == 2000);
        fixture.activate();
        Await.value("deliveries", fixture::delivered, messages -> messages.size() == 2000);
        assertThat(fixture.delivered())
                .doesNotHaveDuplicates()
                .startsWith("0", "1", "2")
                .endsWith("1999");
        assertThat(fixture.container.deliveries()).hasSizeLessThan(1000).allMatch(batch -> batch.size() <= 500);
        assertThat(left()).isZero();
    }

    @Test
    void quorumQueue_isUsedAsItIs() throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        fixture.activate();
        send("1");
        Await.value("delivery", fixture::delivered, List.of("1")::equals);
        fixture.awaitState("RUNNING");
    }

    /** A limit of two returns would be reached by the third failure. */
    @Test
    void quorumQueue_withADeliveryLimit_dropsNothingInAnOutage() throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum", "x-delivery-limit", 2));
        fixture.container.fail(Step.ON_MESSAGE, new ResourceException("The storage is down."));
        fixture.activate();
        fixture.awaitState("RUNNING");
        send("1", "2", "3");
        Await.value("deliveries", fixture.container::deliveries, deliveries -> deliveries.size() > 10);
        assertThat(fixture.awaitState("WAITING")).isEqualTo("The storage is down.");
        int failed = fixture.delivered().size();
        fixture.container.recover();
        Await.value("all of them", () -> deliveredAfter(failed), Set.of("1", "2", "3")::equals);
        fixture.awaitState("RUNNING");
        assertThat(left()).isZero();
    }

    private Set<String> deliveredAfter(int count) {
        List<String> delivered = fixture.delivered();
        return new HashSet<>(delivered.subList(count, delivered.size()));
    }

    @Test
    void storageDown_requeues_andOtherConsumersMayTakeIt() throws Exception {
        fixture.spec.setMaxBackOff("30s");
        fixture.container.fail(Step.ON_MESSAGE, new ResourceException("The storage is down."));
        fixture.activate();
        fixture.awaitState("RUNNING");
        send("1", "2");
        assertThat(fixture.awaitState("WAITING")).isEqualTo("The storage is down.");
        Set<String> taken = Collections.synchronizedSet(new HashSet<>());
        Await.value("messages for others", () -> get(queue, taken), both -> both.size() == 2);
    }

    private Set<String> get(String name, Set<String> taken) {
        try {
            GetResponse message = channel.basicGet(name, true);
            if (message != null) {
                taken.add(new String(message.getBody(), UTF_8));
            }
            return taken;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void storageBack_takesEverythingAgain() throws Exception {
        fixture.container.fail(Step.CREATE_ENDPOINT);
        fixture.activate();
        fixture.awaitState("RUNNING");
        send("1", "2", "3");
        fixture.awaitState("WAITING");
        fixture.container.recover();
        Await.value("deliveries", () -> new HashSet<>(fixture.delivered()), Set.of("1", "2", "3")::equals);
        fixture.awaitState("RUNNING");
        assertThat(left()).isZero();
    }

    @Test
    void partlyStored_onlyTheRestComesAgain() throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
        send("1", "later", "3");
        Await.value("messages in the queue", () -> count(queue), count -> count == 3);
        fixture.container.bean(messages -> answers(messages, "later", new ResourceException("Later.")));
        fixture.activate();
        // A poll takes what has arrived, so the third may come with any of them.
        Await.value(
                "redeliveries",
                () -> List.copyOf(fixture.delivered()),
                all -> all.contains("3")
                        && Collections.frequency(all.subList(all.indexOf("3"), all.size()), "later") > 2);
        assertThat(fixture.delivered()).containsOnlyOnce("1").containsOnlyOnce("3");
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void malformed_isADeadLetter_withItsPropertiesAndTheReason() throws Exception {
        fixture.container.bean(messages -> answers(messages, "poison", "not readable"));
        fixture.activate();
        fixture.awaitState("RUNNING");
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .messageId("m1")
                .userId("guest")
                .expiration("600000")
                .headers(Map.of("mine", "kept", "CC", List.of("nowhere")))
                .build();
        channel.basicPublish("", queue, properties, "poison".getBytes(UTF_8));
        send("good");
        Await.value("deliveries", fixture::delivered, messages -> messages.contains("good"));
        // refused were it not durable
        channel.queueDeclare(queue + ".dlq", true, false, false, null);
        Await.value("dead letter", () -> count(queue + ".dlq"), count -> count == 1);

        GetResponse letter = channel.basicGet(queue + ".dlq", true);
        assertThat(letter.getBody()).isEqualTo("poison".getBytes(UTF_8));
        AMQP.BasicProperties kept = letter.getProps();
        assertThat(kept.getContentType()).isEqualTo("application/json");
        assertThat(kept.getMessageId()).isEqualTo("m1");
        assertThat(kept.getDeliveryMode()).isEqualTo(2);
        assertThat(kept.getExpiration()).isNull();
        assertThat(kept.getUserId()).isNull();
        assertThat(kept.getHeaders())
                .containsOnlyKeys(
                        "mine", "zipkin-reason", "zipkin-queue", "zipkin-exchange", "zipkin-routing-key", "zipkin-time")
                .hasEntrySatisfying(
                        "zipkin-reason", reason -> assertThat(reason).hasToString("not readable"))
                .hasEntrySatisfying("zipkin-queue", source -> assertThat(source).hasToString(queue));
        assertThat(left()).isZero();
        assertThat(fixture.delivered()).containsOnlyOnce("poison");
    }

    @Test
    void queueOfOtlp_isDeclaredToo_andHasDeadLettersOfItsOwn() throws Exception {
        fixture.spec.setOtlpQueue(otlpQueue);
        fixture.container.bean(messages -> answers(messages, "poison", "not readable"));
        fixture.activate();
        fixture.awaitState("RUNNING");
        channel.queueDeclare(otlpQueue, true, false, false, null); // refused were it not durable
        send("1");
        sendTo(otlpQueue, "2", "poison");
        Await.value("deliveries", () -> Set.copyOf(fixture.delivered()), Set.of("1", "2", "poison")::equals);
        // refused were it not durable
        channel.queueDeclare(otlpQueue + ".dlq", true, false, false, null);
        Await.value("dead letter", () -> count(otlpQueue + ".dlq"), count -> count == 1);

        assertThat(fixture.container.otlp()).extracting(String::new).containsExactlyInAnyOrder("2", "poison");
        assertThat(channel.basicGet(otlpQueue + ".dlq", true).getProps().getHeaders())
                .hasEntrySatisfying("zipkin-queue", source -> assertThat(source).hasToString(otlpQueue));
        assertThat(left()).isZero();
        assertThat(count(otlpQueue)).isZero();
    }

    @Test
    void malformed_withoutDeadLetters_isDropped() throws Exception {
        fixture.spec.setDeadLetters("false");
        fixture.container.bean(messages -> answers(messages, "poison", "not readable"));
        fixture.activate();
        fixture.awaitState("RUNNING");
        send("poison", "good");
        Await.value("deliveries", fixture::delivered, messages -> messages.contains("good"));
        assertThat(left()).isZero();
    }

    @Test
    void deactivation_inMidDelivery_acknowledgesIt_andGivesTheRestBack() throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        fixture.container.bean(messages -> {
            delivering.countDown();
            await(stopping);
            return SimulatedContainer.storeAll(messages);
        });
        fixture.activate();
        send("1");
        await(delivering);
        send("2", "3");
        Await.value("messages for the consumer", () -> count(queue), count -> count == 0);
        Thread deactivation = new Thread(fixture::deactivate);
        deactivation.start();
        Await.value(
                "a deactivation that waits for the delivery",
                deactivation::getState,
                Thread.State.TIMED_WAITING::equals);
        stopping.countDown();
        deactivation.join(20_000);
        Await.value("works", fixture.container::runningWorks, running -> running == 0);
        assertThat(fixture.delivered()).containsExactly("1");
        assertThat(count(queue)).isEqualTo(2);
        assertThat(AdapterFixture.attribute("State")).isEqualTo("none");
    }
}
