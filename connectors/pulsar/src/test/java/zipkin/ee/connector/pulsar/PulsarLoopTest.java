package zipkin.ee.connector.pulsar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

/** With a consumer that gives what the test wants and writes down what becomes of it. */
class PulsarLoopTest {
    private static final SubscriptionSettings SETTINGS = settings("spans", false);

    private final SimulatedContainer container = new SimulatedContainer();
    private final ConnectorState state = ConnectorState.register("pulsar-test", "not started");
    private final StubAccess access = new StubAccess();
    private final PulsarLoop loop =
            new PulsarLoop(0, SETTINGS, access, new Endpoint(container.endpointFactory()), state);
    private final Thread thread = new Thread(loop);

    private static SubscriptionSettings settings(String topic, boolean otlp) {
        return new SubscriptionSettings("pulsar://a:6650", topic, otlp, "zipkin", 1, true, Duration.ofMillis(10));
    }

    @BeforeEach
    void start() {
        state.starting(0, "starting");
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.release();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(access.left).isTrue();
        state.close();
        container.close();
    }

    /**
     * Pulsar's client asks for as long as nobody answers. That the loop ends is asserted after each
     * test.
     */
    @Test
    void unreachableBroker_doesNotHoldTheEnd() {
        access.unreachable = true;
        int before = access.subscriptions.get();
        access.waiting.add(message("break"));
        Await.value("a subscription that waits", access.subscriptions::get, count -> count > before);
    }

    @Test
    void stored_isAcknowledged() {
        access.waiting.add(message("a"));
        access.waiting.add(message("b"));

        awaitEvents("ack a", "ack b");
        Await.value("state", state::getState, "RUNNING"::equals);
        assertThat(state.getDetail()).isEqualTo("topic spans of pulsar://a:6650, subscription zipkin");
    }

    @Test
    void tryLater_isAcknowledgedNegatively_andTold() {
        container.bean(messages -> {
            List<@Nullable Object> answers = SimulatedContainer.storeAll(messages);
            answers.set(0, new ResourceException("the disk is full"));
            return answers;
        });
        access.waiting.add(message("a"));

        awaitEvents("nack a");
        assertThat(state.getDetail()).isEqualTo("the disk is full");
        container.bean(SimulatedContainer::storeAll);
        access.waiting.add(message("a"));
        awaitEvents("nack a", "ack a");
        Await.value("state", state::getState, "RUNNING"::equals);
    }

    @Test
    void malformed_isADeadLetter_thenAcknowledged() {
        container.bean(messages -> new ArrayList<>(List.of("no span")));
        access.waiting.add(message("a"));

        awaitEvents("dead a in spans-zipkin-DLQ: no span", "ack a");
    }

    @Test
    void topicOfOtlp_marksItsMessages_andHasDeadLettersOfItsOwn() throws InterruptedException {
        StubAccess ofOtlp = new StubAccess();
        PulsarLoop second =
                new PulsarLoop(1, settings("traces", true), ofOtlp, new Endpoint(container.endpointFactory()), state);
        Thread running = new Thread(second);
        running.start();
        container.bean(messages -> new ArrayList<>(List.of("no span")));
        ofOtlp.waiting.add(message("x"));
        Await.value(
                "what became of the message",
                () -> List.copyOf(ofOtlp.events),
                List.of("dead x in traces-zipkin-DLQ: no span", "ack x")::equals);
        access.waiting.add(message("a"));
        awaitEvents("dead a in spans-zipkin-DLQ: no span", "ack a");

        assertThat(container.otlp()).extracting(String::new).containsExactly("x");
        second.release();
        running.join(10_000);
        assertThat(running.isAlive()).isFalse();
    }

    @Test
    void deadLetterThatCannotBeSent_comesAgain() {
        access.deadLettersFail = true;
        container.bean(messages -> new ArrayList<>(List.of("no span")));
        access.waiting.add(message("a"));

        awaitEvents("nack a");
        assertThat(state.getDetail())
                .startsWith("Messages that can't be read can't be put into the topic spans-zipkin-DLQ: no right");
    }

    @Test
    void consumerThatFails_isReplaced() {
        access.waiting.add(message("break"));
        Await.value("another consumer", access.subscriptions::get, count -> count == 2);
        access.waiting.add(message("a"));
        awaitEvents("closed", "ack a");
    }

    private void awaitEvents(String... events) {
        Await.value("what became of messages", () -> List.copyOf(access.events), seen -> seen.equals(List.of(events)));
    }

    @SuppressWarnings("unchecked")
    private static Message<byte[]> message(String text) {
        return (Message<byte[]>) Proxy.newProxyInstance(
                PulsarLoopTest.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getData" -> text.getBytes(UTF_8);
                    case "size" -> text.length();
                    case "toString" -> text;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static final class StubAccess implements PulsarAccess {
        private final BlockingQueue<Message<byte[]>> waiting = new LinkedBlockingQueue<>();
        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile boolean deadLettersFail;
        private volatile boolean unreachable;
        private volatile boolean left;
        private final AtomicInteger subscriptions = new AtomicInteger();

        @Override
        @SuppressWarnings("unchecked")
        public CompletableFuture<Consumer<byte[]>> subscribe(SubscriptionSettings settings) {
            subscriptions.incrementAndGet();
            if (unreachable) {
                return new CompletableFuture<>();
            }
            return CompletableFuture.completedFuture((Consumer<byte[]>) Proxy.newProxyInstance(
                    PulsarLoopTest.class.getClassLoader(),
                    new Class<?>[] {Consumer.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "receive" -> receive((Integer) arguments[0]);
                        case "acknowledge" -> seen("ack " + arguments[0]);
                        case "negativeAcknowledge" -> seen("nack " + arguments[0]);
                        case "isConnected" -> true;
                        case "close" -> seen("closed");
                        default -> throw new UnsupportedOperationException(method.toString());
                    }));
        }

        private @Nullable Object seen(String event) {
            events.add(event);
            return null;
        }

        private @Nullable Message<byte[]> receive(int millis) throws InterruptedException, PulsarClientException {
            Message<byte[]> message = waiting.poll(Math.min(millis, 50), TimeUnit.MILLISECONDS);
            if (message != null && message.toString().equals("break")) {
                throw new PulsarClientException("broken");
            }
            return message;
        }

        @Override
        public void sendDeadLetters(String topic, List<Letter> letters) throws PulsarClientException {
            if (deadLettersFail) {
                throw new PulsarClientException("no right");
            }
            letters.forEach(letter -> events.add("dead " + letter.message() + " in " + topic + ": " + letter.reason()));
        }

        @Override
        public void enter() {}

        @Override
        public void leave() {
            left = true;
        }

        @Override
        public String masked(String text) {
            return text;
        }
    }
}
