package zipkin.ee.testing.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.Reader;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.TestServers;

/**
 * Pulsar as one node, with its bookie and its metadata in files. A message that was acknowledged to
 * its producer is there after {@link #kill} and {@link #restart}. Topics are made when they are
 * first used.
 */
public final class PulsarBroker extends RestartableServer implements Broker {
    private static final String TOPIC = "zipkin";
    private static final String OTLP = "-otlp";
    private static final int ANSWER_SECONDS = 5;
    private static final Logger CLIENT_LOGGER = Logger.getLogger("org.apache.pulsar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int webPort = ServerProcess.freePort();
    private final int bookiePort = ServerProcess.freePort();
    private @Nullable PulsarClient client;
    private final Map<String, Producer<byte[]>> producers = new HashMap<>();

    static {
        // It warns of every try while a test has stopped the broker.
        CLIENT_LOGGER.setLevel(Level.SEVERE);
    }

    private PulsarBroker() {
        super("pulsar", ServerProcess.freePort());
        try {
            Files.createDirectories(data());
            Files.write(
                    folder().resolve("standalone.conf"),
                    List.of(
                            "brokerServicePort=" + port(),
                            "webServicePort=" + webPort,
                            "bindAddress=127.0.0.1",
                            "advertisedAddress=127.0.0.1",
                            "clusterName=standalone",
                            "managedLedgerDefaultEnsembleSize=1",
                            "managedLedgerDefaultWriteQuorum=1",
                            "managedLedgerDefaultAckQuorum=1",
                            "managedLedgerCacheSizeMB=32",
                            "numIOThreads=2",
                            "numHttpServerThreads=8",
                            "topicLevelPoliciesEnabled=false",
                            "systemTopicEnabled=false",
                            "loadBalancerEnabled=false",
                            "diskUsageThreshold=0.999",
                            "diskUsageWarnThreshold=0.99",
                            "dbStorage_writeCacheMaxSizeMb=32",
                            "dbStorage_readAheadCacheMaxSizeMb=32",
                            "dbStorage_rocksDB_blockCacheSize=8388608"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker that asks for no credentials. */
    public static PulsarBroker start() {
        PulsarBroker broker = new PulsarBroker();
        broker.launch();
        return broker;
    }

    /** A broker that is configured but not started: {@link #restart} starts it. */
    public static PulsarBroker stopped() {
        return new PulsarBroker();
    }

    /** What goes into PULSAR_SERVICE_URL. */
    public String serviceUrl() {
        return "pulsar://" + host() + ":" + port();
    }

    @Override
    public String label() {
        return "pulsar";
    }

    /** The topic is the one that Zipkin reads by default, since no other test uses this broker. */
    @Override
    public Map<String, String> settings() {
        return Map.of("PULSAR_SERVICE_URL", serviceUrl(), "PULSAR_OTLP_TOPIC", TOPIC + OTLP);
    }

    @Override
    public String operations() {
        return Scripts.text("pulsar.cli");
    }

    @Override
    public void send(byte[] message) {
        send(TOPIC, message);
    }

    private void send(String topic, byte[] message) {
        try {
            producer(topic).send(message);
        } catch (PulsarClientException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Producer<byte[]> producer(String topic) throws PulsarClientException {
        Producer<byte[]> current = producers.get(topic);
        if (current == null) {
            current = client().newProducer()
                    .topic(topic)
                    .sendTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .enableBatching(false)
                    .create();
            producers.put(topic, current);
        }
        return current;
    }

    /**
     * A topic of this broker, for servers that no other test has. Closing it leaves the broker to
     * others.
     */
    public Broker topic(String topic) {
        return new Topic(this, topic);
    }

    private record Topic(PulsarBroker broker, String topic) implements Broker {
        @Override
        public String label() {
            return broker.label();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "PULSAR_SERVICE_URL",
                    broker.serviceUrl(),
                    "PULSAR_TOPIC",
                    topic,
                    "PULSAR_OTLP_TOPIC",
                    topic + OTLP);
        }

        @Override
        public String operations() {
            return broker.operations();
        }

        @Override
        public void send(byte[] message) {
            broker.send(topic, message);
        }

        @Override
        public List<DeadLetter> deadLetters() {
            return broker.deadLetters(topic);
        }

        @Override
        public Broker otlp() {
            return broker.otlp(this, topic + OTLP);
        }

        @Override
        public void kill() {
            broker.kill();
        }

        @Override
        public void restart() {
            broker.restart();
        }

        @Override
        public void close() {}
    }

    private synchronized PulsarClient client() throws PulsarClientException {
        PulsarClient current = client;
        if (current == null) {
            current = PulsarClient.builder()
                    .serviceUrl(serviceUrl())
                    .ioThreads(1)
                    .listenerThreads(1)
                    .operationTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .build();
            client = current;
        }
        return current;
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return deadLetters(TOPIC);
    }

    @Override
    public Broker otlp() {
        return otlp(this, TOPIC + OTLP);
    }

    private Broker otlp(Broker usual, String topic) {
        return new OtlpQueue(usual, message -> send(topic, message), () -> deadLetters(topic));
    }

    private List<DeadLetter> deadLetters(String topic) {
        return messages(topic + "-zipkin-DLQ").stream()
                .map(letter -> new DeadLetter(new String(letter.getData(), UTF_8), letter.getProperty("zipkin-reason")))
                .toList();
    }

    /** All messages of a topic, as a plain reader has them. */
    public List<Message<byte[]>> messages(String topic) {
        List<Message<byte[]>> messages = new ArrayList<>();
        try (Reader<byte[]> reader = client().newReader()
                .topic(topic)
                .startMessageId(MessageId.earliest)
                .create()) {
            while (reader.hasMessageAvailable()) {
                messages.add(reader.readNext());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    /** Messages of a topic that a subscription has not acknowledged. */
    public long backlog(String topic, String subscription) {
        String stats = admin("/admin/v2/persistent/public/default/" + topic + "/stats");
        String ofSubscription = stats.substring(Math.max(0, stats.indexOf("\"" + subscription + "\"")));
        return Long.parseLong(ofSubscription.replaceFirst("(?s).*?\"msgBacklog\"\\s*:\\s*(\\d+).*", "$1"));
    }

    private String admin(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + host() + ":" + webPort + path))
                            .timeout(Duration.ofSeconds(ANSWER_SECONDS))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(path + " was answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Has Zipkin's own sender send five spans as one message. */
    public void sendByZipkinsSender(String topic, String traceId, String encoding) {
        Programs.run(
                folder(),
                Duration.ofSeconds(60),
                java(
                        TestServers.source("pulsar", "PulsarSend.java").toString(),
                        serviceUrl(),
                        topic,
                        traceId,
                        encoding));
    }

    @Override
    public void close() {
        PulsarClient used = client;
        if (used != null) {
            try {
                used.shutdown();
            } catch (PulsarClientException e) {
                CLIENT_LOGGER.log(Level.FINE, "The client did not close well", e);
            }
        }
        super.close();
    }

    @Override
    protected List<String> command() {
        return java(
                "org.apache.pulsar.PulsarStandaloneStarter",
                "--config",
                folder().resolve("standalone.conf").toString(),
                "--no-functions-worker",
                "--no-stream-storage",
                "--metadata-dir",
                data().resolve("metadata").toString(),
                "--bookkeeper-dir",
                data().resolve("bookkeeper").toString(),
                "--bookkeeper-port",
                Integer.toString(bookiePort),
                "--advertised-address",
                "127.0.0.1");
    }

    @Override
    protected void connect() throws Exception {
        if (!admin("/admin/v2/namespaces/public").contains("public/default")) {
            throw new IOException("The namespace is not there yet");
        }
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-Dio.netty.leakDetectionLevel=disabled",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
                "--add-opens=java.base/sun.net=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                "-cp",
                TestServers.classPath("pulsar"),
                main));
        command.addAll(List.of(arguments));
        return command;
    }
}
