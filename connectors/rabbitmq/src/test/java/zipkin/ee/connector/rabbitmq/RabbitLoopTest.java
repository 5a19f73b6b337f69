package zipkin.ee.connector.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin.ee.connector.Activations;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.connector.SimulatedContainer.Step;
import zipkin.ee.connector.rabbitmq.SimulatedRabbit.Fault;
import zipkin.ee.testing.Await;

/**
 * Failure at each step, with container and broker simulated: nothing is acknowledged that was not
 * stored.
 */
class RabbitLoopTest {
    private static final List<String> DELIVERY =
            List.of("createEndpoint", "beforeDelivery", "onMessage 3", "answered", "afterDelivery", "release");

    private final SimulatedContainer container = new SimulatedContainer();
    private final SimulatedRabbit rabbit = new SimulatedRabbit(container);
    private final Activations activations = new Activations(container.bootstrapContext());
    private final MessageEndpointFactory factory = container.endpointFactory();
    private final RabbitActivationSpec spec = new RabbitActivationSpec();
    private @Nullable ConnectorState state;

    private void activate() throws ResourceException {
        activate("50ms");
    }

    private void activate(String maxBackOff) throws ResourceException {
        spec.setAddresses("rabbit:5672");
        spec.setMaxBackOff(maxBackOff);
        RabbitLoops loops = RabbitLoops.of(List.of(RabbitConfig.of(spec)), factory, rabbit);
        state = loops.state();
        activations.start(factory, loops.state(), loops.all());
    }

    @AfterEach
    void stop() {
        activations.stopAll();
        Await.value("works", container::runningWorks, running -> running == 0);
        assertThat(rabbit.connections).allMatch(SimulatedRabbit.SimulatedConnection::isClosed);
        container.close();
        assertThat(container.violations()).isEmpty();
    }

    private void awaitState(String wanted) {
        Await.value("state", Objects.requireNonNull(state)::getState, wanted::equals);
    }

    private void awaitNothingLeft() {
        Await.value("messages left", rabbit::left, List::isEmpty);
    }

    private static List<@Nullable Object> answers(List<byte[]> messages, String which, Object answer) {
        List<@Nullable Object> answers = SimulatedContainer.storeAll(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (new String(messages.get(i), UTF_8).equals(which)) {
                answers.set(i, answer);
            }
        }
        return answers;
    }

    @Test
    void whatIsThere_isDeliveredInOneCall_andAcknowledgedAtOnce_afterwards() throws Exception {
        rabbit.send("1", "2", "3");
        activate();
        awaitNothingLeft();
        List<String> expected = new ArrayList<>(DELIVERY);
        expected.add("ack 3 and before");
        assertThat(container.events()).isEqualTo(expected);
    }

    @Test
    void queueOfOtlp_hasLoopsOfItsOwn_whoseMessagesAreMarked() throws Exception {
        spec.setAddresses("rabbit:5672");
        spec.setOtlpQueue("otlp");
        spec.setConcurrency("2");
        List<RabbitConfig> queues = RabbitConfig.ofEachQueue(spec);
        RabbitLoops both = RabbitLoops.of(queues, factory, rabbit);
        assertThat(both.all()).hasSize(4);
        both.state().close();

        rabbit.send("1", "2");
        RabbitLoops loops = RabbitLoops.of(List.of(queues.get(1)), factory, rabbit);
        state = loops.state();
        activations.start(factory, loops.state(), loops.all());
        awaitNothingLeft();

        assertThat(container.otlp()).extracting(String::new).containsExactlyInAnyOrder("1", "2");
        awaitState("RUNNING");
        assertThat(Objects.requireNonNull(state).getDetail())
                .isEqualTo("Takes messages from the queue otlp of rabbit:5672");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void failedDelivery_acknowledgesNothing_andComesAgain(Step step) throws Exception {
        rabbit.send("1", "2", "3");
        container.fail(step);
        activate();
        awaitState("WAITING");
        assertThat(container.events()).noneMatch(event -> event.startsWith("ack"));
        assertThat(rabbit.left()).containsExactly("1", "2", "3");
        container.recover();
        awaitNothingLeft();
        awaitState("RUNNING");
    }

    @Test
    void answers_ofDifferentKinds_acknowledgeWhatIsDone() throws Exception {
        rabbit.send("1", "2", "later", "4");
        container.bean(messages -> answers(messages, "later", new ResourceException("Full.")));
        activate("1h");
        awaitState("WAITING");
        assertThat(container.events()).containsSequence("release", "ack 2 and before", "ack 4");
        assertThat(rabbit.left()).containsExactly("later");
    }

    @Test
    void malformed_isConfirmedAsDeadLetter_beforeItIsAcknowledged() throws Exception {
        rabbit.send("1", "poison", "3");
        container.bean(messages -> answers(messages, "poison", "not readable"));
        activate();
        awaitNothingLeft();
        assertThat(container.events()).endsWith("release", "publish", "confirm", "ack 3 and before");
        assertThat(rabbit.deadLetters).containsExactly("poison");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"PUBLISH", "CONFIRM_NEGATIVE", "CONFIRM_MISSING", "RETURNED"})
    void deadLetter_thatIsNotConfirmed_comesAgain(Fault fault) throws Exception {
        rabbit.send("1", "poison", "3");
        container.bean(messages -> answers(messages, "poison", "not readable"));
        rabbit.faults.add(fault);
        activate();
        awaitState("WAITING");
        assertThat(Objects.requireNonNull(state).getDetail()).contains("zipkin.dlq");
        Await.value("the others", rabbit::left, List.of("poison")::equals);
        rabbit.faults.clear();
        awaitNothingLeft();
        assertThat(rabbit.deadLetters).contains("poison");
        awaitState("RUNNING");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECT", "CREATE_CHANNEL", "DECLARE", "QOS", "CONSUME"})
    void failure_onTheWayToTheQueue_isTriedAgain(Fault fault) throws Exception {
        rabbit.faults.add(fault);
        rabbit.send("1");
        activate();
        awaitState(fault == Fault.CONNECT ? "CONNECTING" : "WAITING");
        assertThat(container.deliveries()).isEmpty();
        rabbit.faults.clear();
        awaitNothingLeft();
        awaitState("RUNNING");
    }

    @Test
    void failedAcknowledgement_deliversAgain() throws Exception {
        rabbit.faults.add(Fault.ACKNOWLEDGE);
        rabbit.send("1");
        activate();
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() > 1);
        assertThat(rabbit.left()).containsExactly("1");
        rabbit.faults.clear();
        awaitNothingLeft();
    }

    @Test
    void cancelledConsumer_consumesAgain() throws Exception {
        activate();
        awaitState("RUNNING");
        rabbit.connections.get(0).cancelConsumers();
        awaitState("WAITING");
        rabbit.send("1");
        awaitNothingLeft();
        awaitState("RUNNING");
        assertThat(rabbit.connections).hasSize(1);
    }

    @Test
    void connectionLost_inMidDelivery_acknowledgesNothing_andDeliversAgain() throws Exception {
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        container.bean(messages -> {
            delivering.countDown();
            await(lost);
            return SimulatedContainer.storeAll(messages);
        });
        rabbit.send("1");
        activate();
        await(delivering);
        rabbit.connections.get(0).lose();
        lost.countDown();
        awaitState("CONNECTING");
        assertThat(container.events()).doesNotContain("ack 1 and before");
        assertThat(rabbit.left()).containsExactly("1");
        rabbit.connections.get(0).failRecovery(new java.net.ConnectException("Connection refused"));
        rabbit.connections.get(0).recover();
        awaitNothingLeft();
        awaitState("RUNNING");
        assertThat(container.deliveries()).hasSize(2);
        assertThat(rabbit.connections).hasSize(1);
    }

    @Test
    void connection_thatTheClientGaveUp_isMadeAnew() throws Exception {
        activate();
        awaitState("RUNNING");
        rabbit.connections.get(0).lose();
        rabbit.connections.get(0).failRecovery(new IllegalStateException("broken"));
        rabbit.send("1");
        awaitNothingLeft();
        assertThat(rabbit.connections).hasSize(2);
    }

    @Test
    void afterAFailure_fewerAreTakenAtATime() throws Exception {
        spec.setPrefetch("4");
        rabbit.send("1", "2", "3", "4");
        container.fail(Step.ON_MESSAGE);
        activate();
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() >= 3);
        assertThat(container.deliveries().subList(0, 3)).extracting(List::size).containsExactly(4, 2, 1);
        container.recover();
        awaitNothingLeft();
    }

    /** At its delivery limit such a queue drops a message, so an outage must not use it up. */
    @Test
    void quorumQueue_getsMessagesBackOnce_andThenTheyAreHeld() throws Exception {
        rabbit.countReturns();
        rabbit.send("1", "2", "3");
        container.fail(Step.ON_MESSAGE);
        activate();
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() >= 8);
        assertThat(rabbit.left()).containsExactly("1", "2", "3");
        assertThat(rabbit.returns("1")).isEqualTo(1);
        assertThat(rabbit.connections).hasSize(1);
        awaitState("WAITING");

        container.recover();
        awaitNothingLeft();
        awaitState("RUNNING");
        assertThat(rabbit.returns("3")).isEqualTo(1);
    }

    @Test
    void heldMessage_thatCantBeStored_doesNotHoldUpTheOthers() throws Exception {
        rabbit.countReturns();
        rabbit.send("1", "2", "3", "4");
        container.fail(Step.ON_MESSAGE);
        activate();
        awaitState("WAITING");
        container.bean(messages -> answers(messages, "1", new ResourceException("Full.")));
        container.recover();
        Await.value("all but the first", rabbit::left, List.of("1")::equals);
        container.bean(SimulatedContainer::storeAll);
        awaitNothingLeft();
        awaitState("RUNNING");
    }

    @Test
    void newMessage_thatFailsWhileOthersAreHeld_isHeldToo() throws Exception {
        rabbit.countReturns();
        rabbit.send("1");
        container.fail(Step.ON_MESSAGE);
        activate();
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() >= 3);
        rabbit.send("2");
        Await.value("deliveries of the new one", () -> deliveries("2"), count -> count >= 3);
        assertThat(rabbit.returns("1")).isEqualTo(1);
        assertThat(rabbit.returns("2")).isZero();
        assertThat(rabbit.connections).hasSize(1);

        container.recover();
        awaitNothingLeft();
        awaitState("RUNNING");
    }

    @Test
    void deadLetter_thatTheBrokerDoesNotTake_doesNotHoldUpTheOthers() throws Exception {
        spec.setPrefetch("2");
        rabbit.send("poison");
        container.bean(messages -> answers(messages, "poison", "not readable"));
        rabbit.faults.add(Fault.CONFIRM_NEGATIVE);
        activate();
        awaitState("WAITING");
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() >= 3);
        rabbit.send("2");
        Await.value("the dead letter", rabbit::left, List.of("poison")::equals);
        rabbit.faults.clear();
        awaitNothingLeft();
        assertThat(rabbit.deadLetters).containsExactly("poison");
        awaitState("RUNNING");
    }

    private long deliveries(String message) {
        return container.deliveries().stream()
                .flatMap(List::stream)
                .filter(body -> new String(body, UTF_8).equals(message))
                .count();
    }

    @Test
    void stop_whileMessagesAreHeld_givesThemBack() throws Exception {
        rabbit.countReturns();
        rabbit.send("1", "2");
        container.fail(Step.ON_MESSAGE);
        activate("1h");
        Await.value("deliveries", container::deliveries, deliveries -> deliveries.size() == 2);
        activations.stop(factory);
        assertThat(rabbit.left()).containsExactly("1", "2");
        assertThat(rabbit.returns("1")).isEqualTo(2);
    }

    @Test
    void stop_inMidDelivery_acknowledgesIt_andGivesBackTheRest() throws Exception {
        spec.setPrefetch("10");
        CountDownLatch delivering = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        container.bean(messages -> {
            delivering.countDown();
            await(stopping);
            return SimulatedContainer.storeAll(messages);
        });
        rabbit.send("1");
        activate();
        await(delivering);
        rabbit.send("2");
        Thread stop = new Thread(() -> activations.stop(factory));
        stop.start();
        Await.value("a stop that waits for the delivery", stop::getState, Thread.State.TIMED_WAITING::equals);
        stopping.countDown();
        stop.join(10_000);
        assertThat(rabbit.left()).containsExactly("2");
        assertThat(container.deliveries()).hasSize(1);
        assertThat(rabbit.isStopped()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECT", "CONSUME", "ACKNOWLEDGE"})
    void stop_inAPause_endsItAtOnce(Fault fault) throws Exception {
        rabbit.faults.add(fault);
        rabbit.send("1");
        activate("1h");
        awaitState(fault == Fault.CONNECT ? "CONNECTING" : "WAITING");
        long begin = System.nanoTime();
        activations.stop(factory);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(5);
        assertThat(rabbit.left()).containsExactly("1");
    }

    @Test
    void severalConsumers_shareAConnection() throws Exception {
        spec.setConcurrency("3");
        activate();
        awaitState("RUNNING");
        rabbit.send("1", "2", "3");
        awaitNothingLeft();
        assertThat(container.startedWorks()).isEqualTo(3);
        assertThat(rabbit.connections).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
