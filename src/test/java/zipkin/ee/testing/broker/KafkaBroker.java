package zipkin.ee.testing.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.RestartableServer;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.TestServers;

/**
 * Kafka as one KRaft node. Its jars, which are newer than the client that Zipkin EE has, are on no
 * class path of the tests. Topics are made when they are first used, with one partition. A
 * message that was acknowledged to its producer is there after {@link #kill} and {@link #restart}.
 *
 * <p>Tests get at it by {@link #port()} as the server does; what they do themselves goes over a
 * second listener that never asks for a password.
 */
public final class KafkaBroker extends RestartableServer implements Broker {
    private static final String TOPIC = "zipkin";
    private static final String OTLP = "-otlp";
    private static final Duration FORMAT_LIMIT = Duration.ofMinutes(1);
    private static final long ANSWER_SECONDS = 20;
    private static final Logger CLIENT_LOGGER = Logger.getLogger("org.apache.kafka");

    private final int innerPort = ServerProcess.freePort();
    private final int controllerPort = ServerProcess.freePort();
    private final @Nullable Login login;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    static {
        // Each client prints its whole configuration at INFO, and warns of every broker that a test
        // stopped.
        CLIENT_LOGGER.setLevel(Level.SEVERE);
    }

    /** What {@link #port()} asks for: the user zipkin by SCRAM-SHA-512, over TLS. */
    private record Login(String password, TlsFiles tls) {}

    private KafkaBroker(@Nullable Login login) {
        super("kafka", ServerProcess.freePort());
        this.login = login;
        List<String> format =
                java("kafka.tools.StorageTool", "format", "-t", "Zipkin-EE-test-broker_", "-c", properties());
        if (login != null) {
            format.add("--add-scram");
            format.add("SCRAM-SHA-512=[name=zipkin,password=" + login.password() + "]");
        }
        Programs.run(configured(), FORMAT_LIMIT, format);
    }

    /** A broker that asks for nothing. */
    public static KafkaBroker start() {
        KafkaBroker broker = new KafkaBroker(null);
        broker.launch();
        return broker;
    }

    /** A broker that is formatted but not started: {@link #restart} starts it. */
    public static KafkaBroker stopped() {
        return new KafkaBroker(null);
    }

    /**
     * A broker whose {@link #port()} takes the user {@code zipkin} with {@code password} by
     * SCRAM-SHA-512 over TLS, as {@code localhost}.
     */
    public static KafkaBroker startWithPassword(String password, TlsFiles tls) {
        KafkaBroker broker = new KafkaBroker(new Login(password, tls));
        broker.launch();
        return broker;
    }

    /** What goes into KAFKA_BOOTSTRAP_SERVERS. */
    public String bootstrapServers() {
        return outerHost() + ":" + port();
    }

    /** Certificates are for names. */
    private String outerHost() {
        return login == null ? host() : "localhost";
    }

    @Override
    public String label() {
        return "kafka";
    }

    /** The topic is the one that Zipkin reads by default, since no other test uses this broker. */
    @Override
    public Map<String, String> settings() {
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(), "KAFKA_OTLP_TOPIC", TOPIC + OTLP);
    }

    @Override
    public void send(byte[] message) {
        send(TOPIC, message);
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
        return records(topic + ".dlt").stream()
                .map(letter -> new DeadLetter(new String(letter.value(), UTF_8), header(letter, "zipkin-reason")))
                .toList();
    }

    /**
     * A topic of this broker, for servers that no other test has. Closing it leaves the broker to
     * others.
     */
    public Broker topic(String topic) {
        createTopic(topic + OTLP, 1);
        return new Topic(this, topic);
    }

    private record Topic(KafkaBroker broker, String topic) implements Broker {
        @Override
        public String label() {
            return broker.label();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "KAFKA_TOPIC",
                    topic,
                    "KAFKA_OTLP_TOPIC",
                    topic + OTLP,
                    "KAFKA_GROUP_ID",
                    topic);
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

    /** A header as text. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            answer(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all());
        }
    }

    /** A topic that nobody else uses. */
    public String createTopic(int partitions) {
        String name = "t" + UUID.randomUUID();
        createTopic(name, partitions);
        return name;
    }

    /** Sends a message and waits until the broker has it. */
    public void send(String topic, byte @Nullable [] message) {
        answer(producer().send(new ProducerRecord<>(topic, message)));
    }

    /** Sends a message to one partition and waits until the broker has it. */
    public void send(String topic, int partition, byte @Nullable [] message) {
        answer(producer().send(new ProducerRecord<>(topic, partition, null, message)));
    }

    /**
     * All records of a topic from its first partition, as a plain consumer reads them; none when
     * there is no such topic.
     */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> properties = Map.of("bootstrap.servers", inner(), "allow.auto.create.topics", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** How many records of {@code topic} the group has committed, over all partitions. */
    public long committed(String group, String topic) {
        try (Admin admin = admin()) {
            return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    /** How many members the group has now. */
    public int members(String group) {
        try (Admin admin = admin()) {
            return answer(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                    .mapToInt(description -> description.members().size())
                    .sum();
        }
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> used = producer;
        if (used != null) {
            used.close(Duration.ZERO);
        }
        super.close();
    }

    @Override
    protected List<String> command() {
        return java("kafka.Kafka", properties());
    }

    @Override
    protected void connect() {
        try (Admin admin = admin()) {
            answer(admin.describeCluster().nodes());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                inner(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000));
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            inner(),
                            "linger.ms",
                            0,
                            "max.block.ms",
                            3_000,
                            "request.timeout.ms",
                            3_000,
                            "delivery.timeout.ms",
                            5_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    private String inner() {
        return host() + ":" + innerPort;
    }

    private Path configured() {
        String outer = login == null ? "PLAINTEXT" : "SASL_SSL";
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=INNER",
                "listeners=OUTER://127.0.0.1:" + port() + ",INNER://" + inner() + ",CONTROLLER://127.0.0.1:"
                        + controllerPort,
                "advertised.listeners=OUTER://" + bootstrapServers() + ",INNER://" + inner(),
                "listener.security.protocol.map=OUTER:" + outer + ",INNER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + data(),
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=8388608"));
        try {
            if (login != null) {
                lines.addAll(secured(login.tls()));
            }
            Files.write(folder().resolve("server.properties"), lines);
            return folder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> secured(TlsFiles tls) throws IOException {
        Path keyAndCertificate = Files.writeString(
                folder().resolve("broker.pem"), Files.readString(tls.key()) + Files.readString(tls.certificate()));
        return List.of(
                "sasl.enabled.mechanisms=SCRAM-SHA-512",
                "listener.name.outer.scram-sha-512.sasl.jaas.config="
                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "listener.name.outer.ssl.keystore.type=PEM",
                "listener.name.outer.ssl.keystore.location=" + keyAndCertificate);
    }

    private String properties() {
        return folder().resolve("server.properties").toString();
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                TestServers.classPath("kafka"),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
