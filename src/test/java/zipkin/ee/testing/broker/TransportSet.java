package zipkin.ee.testing.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.ServerProcess;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * All transports of one server: a topic, queue or stream of each shared broker that no other server
 * reads, the server's own broker, gRPC, and Scribe on a port of its own. On Payara without
 * ActiveMQ, Pulsar and gRPC, on Payara Micro without JMS.
 */
public final class TransportSet implements AutoCloseable {
    /** Values in words that the WAR, the adapters and the server have to read alike. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "KAFKA_DEAD_LETTERS", "yes",
            "RABBIT_DEAD_LETTERS", "1",
            "PULSAR_DEAD_LETTERS", "On",
            "RABBIT_USE_SSL", "no",
            "RABBIT_CONNECTION_TIMEOUT", "60s",
            "COLLECTOR_KAFKA_ENABLED", "1",
            "COLLECTOR_RABBITMQ_ENABLED", "YES",
            "COLLECTOR_PULSAR_ENABLED", "oN",
            "COLLECTOR_JMS_ENABLED", "on");

    /** What WildFly needs for all of them beside settings, in its command line interface. */
    public static final String OPERATIONS =
            String.join("\n", Scripts.text("activemq.cli"), Scripts.text("pulsar.cli"), ServersOwnArtemis.OPERATIONS);

    private final String name;
    private final int scribePort = ServerProcess.freePort();
    private final List<Broker> brokers = new ArrayList<>();
    private final String sqsQueue;
    private final String sqsOtlpQueue;
    private final String sqsDeadLetters;

    /**
     * @param name of topics, queues and streams: letters, digits and hyphens
     * @param shards of the Kinesis stream, partitions of the Kafka topic
     */
    public TransportSet(String name, int shards) {
        this.name = name;
        SharedBrokers.kafka().createTopic(name, shards);
        brokers.add(SharedBrokers.kafka().topic(name));
        brokers.add(RabbitBroker.shared());
        if (ZipkinEeServer.isWildFly()) {
            brokers.add(new ServersOwnArtemis());
            brokers.add(SharedBrokers.activeMq().queue(name));
            brokers.add(SharedBrokers.pulsar().topic(name));
        } else if (ZipkinEeServer.hasBroker()) {
            brokers.add(new ServersOwnOpenMq());
        }
        sqsQueue = SharedBrokers.sqs().createQueue(name, "{\"VisibilityTimeout\":\"2\"}");
        sqsOtlpQueue = SharedBrokers.sqs().createQueue(name + "-otlp", "{\"VisibilityTimeout\":\"2\"}");
        sqsDeadLetters = SharedBrokers.sqs().createQueue(name + "-dead", "{}");
        SharedBrokers.kinesis().createStream(name, shards);
        SharedBrokers.kinesis().createStream(otlpStream(), 1);
    }

    /** The brokers that keep dead letters. */
    public List<Broker> brokers() {
        return brokers;
    }

    /** The broker of one transport. */
    public Broker broker(String label) {
        return brokers.stream()
                .filter(broker -> broker.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Of topics, queues and streams. */
    public String name() {
        return name;
    }

    public int scribePort() {
        return scribePort;
    }

    /** URL of the queue of SQS. */
    public String sqsQueue() {
        return sqsQueue;
    }

    /** URL of the queue of SQS that holds OTLP. */
    public String sqsOtlpQueue() {
        return sqsOtlpQueue;
    }

    /** The stream of Kinesis that holds OTLP. */
    public String otlpStream() {
        return name + "-otlp";
    }

    /** URL of the dead letters of both queues of SQS. */
    public String sqsDeadLetters() {
        return sqsDeadLetters;
    }

    /**
     * A server whose settings lead it to all transports; it is given back to {@link #serverStarted}
     * once it has started.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "COLLECTOR_MAX_BACKOFF",
                "PT4S",
                "COLLECTOR_GRPC_ENABLED",
                Boolean.toString(ZipkinEeServer.isWildFly()),
                "COLLECTOR_SCRIBE_ENABLED",
                "true",
                "COLLECTOR_PORT",
                Integer.toString(scribePort)));
        brokers.forEach(broker -> settings.putAll(broker.settings()));
        settings.putAll(SPELLINGS);
        settings.putAll(sqs(sqsQueue, sqsDeadLetters));
        settings.putAll(kinesis(name));
        settings.put("SQS_OTLP_QUEUE_URL", sqsOtlpQueue);
        settings.put("KINESIS_OTLP_STREAM_NAME", otlpStream());
        return settings;
    }

    public String operations() {
        return ZipkinEeServer.isWildFly() ? OPERATIONS : "";
    }

    public void serverStarted(ZipkinEeServer server) {
        brokers.forEach(broker -> broker.serverStarted(server));
    }

    /** Settings for a queue of the shared SQS. */
    public static Map<String, String> sqs(String queue, String deadLetters) {
        return Map.of(
                "SQS_QUEUE_URL", queue,
                "SQS_DEAD_LETTER_QUEUE_URL", deadLetters,
                "SQS_WAIT_TIME_SECONDS", "1",
                "SQS_AWS_ACCESS_KEY_ID", "x",
                "SQS_AWS_SECRET_ACCESS_KEY", "top secret",
                "SQS_AWS_REGION", "us-east-1");
    }

    /**
     * Settings for a stream of the shared Kinesis, which is read from its oldest record; the table
     * of its leases has the same name. Kinesalite cuts off answers in CBOR at some 20 kB, so that
     * it is asked for JSON, by the name of the SDK's system property and by that of its variable.
     */
    public static Map<String, String> kinesis(String stream) {
        return Map.of(
                "KINESIS_STREAM_NAME",
                stream,
                "KINESIS_APP_NAME",
                stream,
                "KINESIS_INITIAL_POSITION",
                "TRIM_HORIZON",
                "KINESIS_AWS_ACCESS_KEY_ID",
                "x",
                "KINESIS_AWS_SECRET_ACCESS_KEY",
                "top secret",
                "KINESIS_AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_KINESIS",
                SharedBrokers.kinesis().endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                SharedBrokers.dynamo().endpoint().toString(),
                "aws.cborEnabled",
                "false",
                "CBOR_ENABLED",
                "false");
    }

    @Override
    public void close() {
        brokers.forEach(Broker::close);
    }
}
