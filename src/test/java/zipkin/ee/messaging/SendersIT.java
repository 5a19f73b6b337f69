package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pulsar.client.api.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.TestServers;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.Broker;
import zipkin.ee.testing.broker.KafkaBroker;
import zipkin.ee.testing.broker.PulsarBroker;
import zipkin.ee.testing.broker.SharedBrokers;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.kafka.KafkaSender;

/** Zipkin's own senders of messages, and what an operator sees in the broker afterwards. */
@ResourceLock(SharedTransports.COUNTERS)
class SendersIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ZipkinHttp zipkin = SharedTransports.http();

    /**
     * A list of spans by Zipkin's own sender, a record for each legacy span by Jaeger's {@code
     * zipkin-thrift}, in a topic that comes later.
     */
    @Test
    void kafka_topicsOfSeveralSenders_areAllRead() throws IOException {
        KafkaBroker broker = SharedBrokers.kafka();
        long messagesBefore = zipkin.counter("messages", broker.label());
        List<Span> trace = SpanStream.trace();
        try (BytesMessageSender sender = KafkaSender.newBuilder()
                .bootstrapServers(broker.bootstrapServers())
                .topic(SharedTransports.set().name())
                .encoding(Encoding.PROTO3)
                .build()) {
            sender.send(trace.stream().map(SpanBytesEncoder.PROTO3::encode).toList());
        }
        List<Span> legacy = SpanStream.trace();
        legacy.forEach(span -> broker.send(SharedTransports.LEGACY_TOPIC, SpanBytesEncoder.THRIFT.encode(span)));

        assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size())).containsExactlyInAnyOrderElementsOf(trace);
        assertThat(zipkin.awaitTrace(legacy.get(0).traceId(), legacy.size()))
                .containsExactlyInAnyOrderElementsOf(legacy);
        assertThat(zipkin.counter("messages", broker.label())).isEqualTo(messagesBefore + 1 + legacy.size());
    }

    /** What is stored is acknowledged; a dead letter says where it came from. */
    @Test
    @Tag("wildfly")
    void pulsar_messagesOfZipkinsSender_areStoredAndAcknowledged() {
        PulsarBroker broker = SharedBrokers.pulsar();
        String topic = SharedTransports.set().name();
        for (String encoding : new String[] {"JSON_V2", "PROTO3"}) {
            String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE));
            broker.sendByZipkinsSender(topic, traceId, encoding);
            assertThat(zipkin.awaitTrace(traceId, 5))
                    .extracting(Span::localServiceName)
                    .containsOnly("größe");
        }
        String poison = "hello Pulsar";
        broker.topic(topic).send(poison.getBytes(UTF_8));
        Await.value("nothing unacknowledged", LIMIT, () -> broker.backlog(topic, "zipkin"), left -> left == 0);

        Message<byte[]> letter = Await.value(
                        "a dead letter",
                        LIMIT,
                        () -> broker.messages(topic + "-zipkin-DLQ").stream()
                                .filter(message -> new String(message.getData(), UTF_8).equals(poison))
                                .toList(),
                        all -> !all.isEmpty())
                .get(0);
        assertThat(letter.getProperty("REAL_TOPIC")).isEqualTo("persistent://public/default/" + topic);
        assertThat(letter.getProperty("ORIGIN_MESSAGE_ID")).isNotEmpty();
    }

    /** As docs/operating/jms.md has it. */
    @Test
    @Tag("wildfly")
    void jms_deadLetters_areListedSentBackAndRemoved_byTheCommandLine() {
        WildFlyServer server = SharedTransports.server().asWildFly();
        Broker broker = SharedTransports.set().broker("jms");
        String letters = "/subsystem=messaging-activemq/server=default/jms-queue=zipkin.dlq:";
        server.cli("--command=" + letters + "remove-messages");
        long droppedBefore = zipkin.counter("messages_dropped", broker.label());
        broker.send("poison".getBytes(UTF_8));
        Await.value("a dead letter", broker::deadLetters, found -> found.size() == 1);
        assertThat(server.cli("--commands=" + letters + "list-messages," + letters
                        + "move-messages(other-queue-name=zipkin)"))
                .contains("\"zipkin_reason\" => \"Could not detect the span format")
                .contains("\"zipkin_source\" => \"zipkin\"")
                .contains("\"result\" => 1");

        Await.value(
                "it was read again",
                () -> zipkin.counter("messages_dropped", broker.label()),
                dropped -> dropped == droppedBefore + 2);
        Await.value("a dead letter again", broker::deadLetters, found -> found.size() == 1);
        assertThat(server.cli("--commands=" + letters + "remove-messages," + letters + "count-messages"))
                .contains("\"result\" => 1", "\"result\" => 0L");
    }

    /**
     * zipkin-sender-activemq-client speaks javax.jms, so it has a class loader of its own; its
     * client looks for the transport tcp in the thread's.
     */
    @Test
    @Tag("wildfly")
    void activeMq_spansOfZipkinsSender_areStored() throws IOException, ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader jars = new URLClassLoader(senderJars(), ClassLoader.getPlatformClassLoader())) {
            Span span = SpanStream.span();
            Thread.currentThread().setContextClassLoader(jars);
            Class<?> type = jars.loadClass("zipkin2.reporter.activemq.ActiveMQSender");
            Object sender = type.getMethod("create", String.class)
                    .invoke(null, SharedBrokers.activeMq().url());
            try {
                type.getMethod("send", List.class).invoke(sender, List.of(SpanBytesEncoder.JSON_V2.encode(span)));
            } finally {
                type.getMethod("close").invoke(sender);
            }

            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] senderJars() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path file : TestServers.jars("activemq-sender")) {
            urls.add(url(file));
        }
        return urls.toArray(new URL[0]);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
