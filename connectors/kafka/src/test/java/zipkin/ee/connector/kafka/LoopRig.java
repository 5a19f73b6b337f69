package zipkin.ee.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.resource.spi.work.WorkException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import zipkin.ee.connector.ConnectorState;
import zipkin.ee.connector.Endpoint;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.Await;

/** A loop in a simulated container, with a new mock for each consumer that it makes. */
final class LoopRig implements AutoCloseable {
    static final TopicPartition P0 = new TopicPartition("zipkin", 0);
    static final TopicPartition P1 = new TopicPartition("zipkin", 1);
    static final ConsumerSettings SETTINGS = settings(Duration.ofMillis(30), true);

    final SimulatedContainer container = new SimulatedContainer();
    final ConnectorState state = ConnectorState.register("kafka", "not started");
    final List<LoggedConsumer> consumers = new CopyOnWriteArrayList<>();
    final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer());
    private final Consumer<LoggedConsumer> preparation;
    private final KafkaLoop loop;
    private volatile Supplier<Producer<byte[], byte[]>> producers = () -> producer;
    private final AtomicReference<RuntimeException> constructionFailure = new AtomicReference<>();

    /**
     * Runs on the clock of the machine with pauses of at most 30 ms; each consumer is prepared
     * before it is used.
     */
    LoopRig(ConsumerSettings settings, Consumer<LoggedConsumer> preparation) {
        this.preparation = preparation;
        this.loop = new KafkaLoop(
                settings,
                new Mocks(),
                new Endpoint(container.endpointFactory()),
                state,
                0,
                text -> text.replace("s3cret", "[hidden]"),
                System::nanoTime);
    }

    /** A loop whose consumer holds these messages in its first partition. */
    static LoopRig with(String... messages) {
        return with(SETTINGS, messages);
    }

    static LoopRig with(ConsumerSettings settings, String... messages) {
        return new LoopRig(settings, consumer -> {
            consumer.assign(P0);
            append(consumer, P0, messages);
        });
    }

    static ConsumerSettings settings(Duration maxBackOff, boolean deadLetters) {
        return new ConsumerSettings("broker:9092", List.of("zipkin"), List.of(), "zipkin", 1, deadLetters, maxBackOff);
    }

    static void append(LoggedConsumer consumer, TopicPartition partition, String... messages) {
        for (String message : messages) {
            consumer.append(partition, message.getBytes(UTF_8));
        }
    }

    LoopRig start() throws WorkException {
        container.bootstrapContext().getWorkManager().scheduleWork(loop);
        return this;
    }

    void release() {
        loop.release();
    }

    /** Makes the construction of the next consumer fail. */
    void failConstruction(RuntimeException failure) {
        constructionFailure.set(failure);
    }

    void producers(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** -1 while there is no consumer. */
    long committedOffset(TopicPartition partition) {
        return consumers.isEmpty() ? -1 : consumer().committedOffset(partition);
    }

    LoggedConsumer consumer() {
        return consumers.get(consumers.size() - 1);
    }

    /** Waits until the first partition is committed up to {@code offset}. */
    void awaitCommitted(long offset) {
        Await.value(
                "commit of " + offset,
                () -> committedOffset(P0),
                committed -> committed == offset);
    }

    void awaitState(String name) {
        Await.value("state", state::getState, name::equals);
    }

    /** Waits for so many more rounds of the loop. */
    void awaitPolls(int count) {
        int before = consumer().polls();
        Await.value("polls", () -> consumer().polls(), polls -> polls >= before + count);
    }

    /** Waits until the loop has ended. */
    void awaitEnd() {
        Await.value("running works", container::runningWorks, running -> running == 0);
    }

    /** The messages of all calls of the bean. */
    List<List<String>> deliveries() {
        return container.deliveries().stream()
                .map(delivery -> delivery.stream()
                        .map(message -> new String(message, UTF_8))
                        .toList())
                .toList();
    }

    /** Those of all messages that the bean got as OTLP. */
    List<String> otlp() {
        return container.otlp().stream()
                .map(message -> new String(message, UTF_8))
                .toList();
    }

    List<String> deadLetters() {
        return producer.history().stream()
                .map(letter -> letter.topic() + " " + new String(letter.value(), UTF_8))
                .toList();
    }

    static List<String> headers(ProducerRecord<byte[], byte[]> letter) {
        return IntStream.range(0, letter.headers().toArray().length)
                .mapToObj(i -> letter.headers().toArray()[i])
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .toList();
    }

    @Override
    public void close() {
        loop.release();
        awaitEnd();
        state.close();
        container.close();
    }

    private final class Mocks implements KafkaClients {
        @Override
        public org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer() {
            RuntimeException failure = constructionFailure.getAndSet(null);
            if (failure != null) {
                throw failure;
            }
            LoggedConsumer consumer = new LoggedConsumer(container::event);
            preparation.accept(consumer);
            consumers.add(consumer);
            return consumer;
        }

        @Override
        public Producer<byte[], byte[]> producer() {
            return producers.get();
        }
    }
}
