package zipkin.ee.connector.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import zipkin.ee.connector.SimulatedContainer;
import zipkin.ee.testing.broker.RabbitServer;

/** A real RabbitMQ with a queue of the test's own, and the adapter in a simulated container. */
abstract class RealRabbit {
    final RabbitServer server = RabbitServer.shared();
    final String queue = "adapter-" + UUID.randomUUID();
    final String otlpQueue = queue + "-otlp";
    final AdapterFixture fixture = new AdapterFixture();
    private Connection connection;
    Channel channel;

    RealRabbit() throws Exception {
        connection = server.connect();
        channel = connection.createChannel();
    }

    @BeforeEach
    void configure() {
        fixture.spec.setUri(server.uri());
        fixture.spec.setQueue(queue);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        try (Connection last = server.connect();
                Channel deleting = last.createChannel()) {
            for (String each : List.of(queue, otlpQueue)) {
                deleting.queueDelete(each);
                deleting.queueDelete(each + ".dlq");
            }
        }
        connection.abort(1000);
        assertThat(fixture.container.violations()).isEmpty();
    }

    void send(String... messages) throws IOException {
        sendTo(queue, messages);
    }

    void sendTo(String target, String... messages) throws IOException {
        for (String message : messages) {
            channel.basicPublish("", target, MessageProperties.PERSISTENT_BASIC, message.getBytes(UTF_8));
        }
    }

    long count(String name) {
        try {
            return channel.messageCount(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ready or unacknowledged: what is left when nobody consumes any more. */
    long left() throws IOException {
        fixture.close();
        return channel.messageCount(queue);
    }

    static List<@Nullable Object> answers(List<byte[]> messages, String which, Object answer) {
        List<@Nullable Object> answers = SimulatedContainer.storeAll(messages);
        for (int i = 0; i < messages.size(); i++) {
            if (new String(messages.get(i), UTF_8).equals(which)) {
                answers.set(i, answer);
            }
        }
        return answers;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void reconnect() throws Exception {
        connection = server.connect();
        channel = connection.createChannel();
    }
}
