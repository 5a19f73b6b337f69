package zipkin.ee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/**
 * Kafka of {@code src/test/servers/kafka} as one KRaft node; settings are its defaults but those
 * that one node needs.
 */
final class KafkaBroker implements Broker {
    private static final String PROGRAM = "kafka";
    private static final long ANSWER_SECONDS = 30;

    private final Program process;
    private final Admin admin;
    private final String servers;
    private final String version;

    private KafkaBroker(Program process, Admin admin, String servers, String version) {
        this.process = process;
        this.admin = admin;
        this.servers = servers;
        this.version = version;
    }

    static KafkaBroker start(Options options) throws IOException {
        Path directory = Program.newDirectory(options, "broker-");
        String servers = "127.0.0.1:" + FreePort.find();
        Path properties = directory.resolve("server.properties");
        Files.write(properties, configuration(directory, servers, "127.0.0.1:" + FreePort.find()));
        String file = properties.toString();
        Program.run(directory, java("kafka.tools.StorageTool", "format", "-t", "Zipkin-EE-bench-broker", "-c", file));
        Program process = Program.start(directory, java("kafka.Kafka", file));
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
        process.await(() -> answer(admin.describeCluster().nodes()));
        return new KafkaBroker(process, admin, servers, version());
    }

    /**
     * Topics of earlier measurements are to leave the disk soon; the other lines are what a node
     * alone needs.
     */
    private static List<String> configuration(Path directory, String servers, String controller) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + controller,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://" + servers + ",CONTROLLER://" + controller,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + directory.resolve("data"),
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "group.initial.rebalance.delay.ms=0",
                "log.segment.delete.delay.ms=1000");
    }

    /** The heap is that of Kafka's own start script. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-Xmx1g",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                TestServers.classPath(PROGRAM)));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Fetches the broker. */
    static void require() {
        TestServers.jars(PROGRAM);
    }

    private static String version() {
        return TestServers.jars(PROGRAM).stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.startsWith("kafka_"))
                .map(name -> name.replaceAll(".*-|\\.jar", ""))
                .collect(Collectors.joining());
    }

    @Override
    public String description() {
        return "Kafka " + version;
    }

    @Override
    public String transport() {
        return "kafka";
    }

    @Override
    public void fill(String topic, int streams, Supplier<byte[]> bodies, long messages) {
        answer(admin.createTopics(List.of(new NewTopic(topic, streams, (short) 1)))
                .all());
        AtomicReference<Exception> failure = new AtomicReference<>();
        Map<String, Object> properties = Map.of("bootstrap.servers", servers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < messages && failure.get() == null; i++) {
                ProducerRecord<byte[], byte[]> next =
                        new ProducerRecord<>(topic, (int) (i % streams), null, bodies.get());
                Future<RecordMetadata> unused = producer.send(next, (metadata, e) -> {
                    if (e != null) {
                        failure.set(e);
                    }
                });
            }
        }
        if (failure.get() != null || ends(topic) != messages) {
            throw new IllegalStateException(topic + " could not be filled", failure.get());
        }
    }

    @Override
    public Map<String, String> settings(String topic, int streams) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", servers,
                "KAFKA_TOPIC", topic,
                "KAFKA_GROUP_ID", topic,
                "KAFKA_STREAMS", Integer.toString(streams));
    }

    /** What lies behind the offsets that the group has committed. */
    @Override
    public long unacknowledged(String topic) {
        return ends(topic)
                - answer(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata()).values().stream()
                        .mapToLong(committed -> committed.offset())
                        .sum();
    }

    private long ends(String topic) {
        Map<String, TopicDescription> topics =
                answer(admin.describeTopics(List.of(topic)).allTopicNames());
        int partitions =
                Objects.requireNonNull(topics.get(topic), topic).partitions().size();
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return answer(admin.listOffsets(latest).all()).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    @Override
    public void delete(String topic) {
        answer(admin.deleteTopics(List.of(topic)).all());
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        admin.close();
        process.close();
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
