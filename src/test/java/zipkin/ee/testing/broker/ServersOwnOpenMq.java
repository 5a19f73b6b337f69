package zipkin.ee.testing.broker;

import jakarta.jms.ConnectionFactory;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.PayaraServer;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * Payara's own OpenMQ. It is killed with the server. Senders use the client that Payara brings,
 * which is not on Maven Central.
 */
public final class ServersOwnOpenMq implements ServersOwnBroker {
    private @Nullable JmsClient client;

    @Override
    public String label() {
        return "jms";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("ZIPKIN_JMS_OTLP_QUEUE", "jms/queue/zipkin-otlp");
    }

    @Override
    public void serverStarted(ZipkinEeServer server) {
        close();
        client = new JmsClient(factory((PayaraServer) server));
    }

    private static ConnectionFactory factory(PayaraServer server) {
        Path jar = PayaraServer.brokerClient().resolve("imq.jar");
        try {
            ClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, ConnectionFactory.class.getClassLoader());
            Object factory = loader.loadClass("com.sun.messaging.ConnectionFactory")
                    .getConstructor()
                    .newInstance();
            factory.getClass()
                    .getMethod("setProperty", String.class, String.class)
                    .invoke(
                            factory,
                            "imqAddressList",
                            "mq://127.0.0.1:" + server.domain().brokerPort() + "/jms");
            return (ConnectionFactory) factory;
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No client in " + jar, e);
        }
    }

    private JmsClient client() {
        return Objects.requireNonNull(client, "the server has not started");
    }

    @Override
    public void send(byte[] message) {
        client().send("zipkin", message);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return client().deadLetters("zipkin.dlq");
    }

    @Override
    public Broker otlp() {
        return new OtlpQueue(
                this, message -> client().send("zipkin_otlp", message), () -> client().deadLetters("zipkin_otlp.dlq"));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
