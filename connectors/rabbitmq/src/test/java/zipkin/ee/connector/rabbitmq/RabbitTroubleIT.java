package zipkin.ee.connector.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

/**
 * What a real RabbitMQ does to its consumers, and what the adapter reports; the container is
 * simulated.
 */
class RabbitTroubleIT extends RealRabbit {
    RabbitTroubleIT() throws Exception {}

    @Test
    void queueDeleted_isDeclaredAgain() throws Exception {
        fixture.activate();
        fixture.awaitState("RUNNING");
        channel.queueDelete(queue);
        fixture.awaitState("WAITING");
        fixture.awaitState("RUNNING");
        send("1");
        Await.value("delivery", fixture::delivered, List.of("1")::equals);
    }

    @Test
    void wrongPassword_isToldWithoutIt() throws Exception {
        fixture.spec = AdapterFixture.newSpec();
        fixture.spec.setQueue(queue);
        fixture.spec.setAddresses(server.address());
        fixture.spec.setPassword("wr0ngSecret");
        fixture.activate();
        assertThat(fixture.awaitDetail(text -> text.contains("ACCESS_REFUSED")))
                .contains(server.address())
                .contains("RABBIT_USER")
                .doesNotContain("wr0ngSecret");
        assertThat(AdapterFixture.attribute("State")).isEqualTo("CONNECTING");
    }

    @Test
    void wrongPasswordInTheUri_isToldWithoutIt() throws Exception {
        fixture.spec.setUri(server.uri("guest", "wr0ngSecret", "%2F"));
        fixture.activate();
        assertThat(fixture.awaitDetail(text -> text.contains("ACCESS_REFUSED")))
                .contains("RABBIT_URI")
                .doesNotContain("wr0ngSecret");
    }

    /** Connections that publish are blocked then, the one that acknowledges is not. */
    @Test
    void brokerShortOfMemory_takesNoDeadLetters_whichComeAgain() throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
        send("poison", "good");
        Await.value("messages in the queue", () -> count(queue), count -> count == 2);
        fixture.container.bean(messages -> answers(messages, "poison", "not readable"));
        server.control("set_vm_memory_high_watermark", "0.000001");
        try {
            fixture.activate();
            assertThat(fixture.awaitState("WAITING")).contains(queue + ".dlq").contains("low on memory");
            // It may come in a call of its own, after the first refusal of the letter.
            Await.value("the good one", fixture::delivered, delivered -> delivered.contains("good"));
        } finally {
            server.control("set_vm_memory_high_watermark", "0.4");
        }
        fixture.awaitState("RUNNING");
        assertThat(count(queue + ".dlq")).isPositive();
        assertThat(left()).isZero();
        assertThat(fixture.delivered()).containsOnlyOnce("good");
    }

    /** It ends the connection each time it comes; the operator has to take it out. */
    @Test
    void messageOverTheClientsLimit_isTold() throws Exception {
        fixture.activate();
        fixture.awaitState("RUNNING");
        channel.basicPublish("", queue, null, new byte[64 * 1024 * 1024 + 1]);
        fixture.awaitDetail(text -> text.contains("Message body is too large"));
        // While a connection still holds it there is nothing to take out.
        Await.value("the message taken out", this::purge, purged -> purged == 1);
        send("1");
        Await.value("delivery", fixture::delivered, List.of("1")::equals);
    }

    @Test
    void missingVirtualHost_isTold() throws Exception {
        fixture.spec.setUri(server.uri("guest", "guest", "nowhere"));
        fixture.activate();
        fixture.awaitDetail(text -> text.contains("NOT_ALLOWED") && text.contains("nowhere"));
    }

    @Test
    void connectionClosedByTheBroker_inMidDelivery_deliversAgain() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        fixture.container.bean(messages -> {
            delivering.countDown();
            await(closed);
            return SimulatedContainer.storeAll(messages);
        });
        fixture.activate();
        fixture.awaitState("RUNNING");
        send("1");
        await(delivering);
        server.control("close_all_connections", "maintenance");
        closed.countDown();
        Await.value("redelivery", fixture::delivered, List.of("1", "1")::equals);
        fixture.awaitState("RUNNING");
        reconnect();
        assertThat(left()).isZero();
    }

    private int purge() {
        try {
            return channel.queuePurge(queue).getMessageCount();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
