package zipkin.ee.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All settings of one deployment. */
public record ZipkinSettings(
        ServerSettings server,
        CollectorSettings collector,
        BudgetSettings budgets,
        HttpIntakeSettings httpIntake,
        HttpAnswerSettings httpAnswers,
        GrpcSettings grpc,
        ScribeSettings scribe,
        KafkaSettings kafka,
        RabbitMqSettings rabbitMq,
        PulsarSettings pulsar,
        JmsSettings jms,
        ActiveMqSettings activeMq,
        SqsSettings sqs,
        KinesisSettings kinesis,
        AwsEndpointSettings awsEndpoints,
        StorageSettings storage,
        ThrottleSettings throttle,
        MemorySettings memory,
        SqlSettings sql,
        ElasticsearchSettings elasticsearch,
        CassandraSettings cassandra,
        HttpForwarderSettings httpForwarder,
        KafkaForwarderSettings kafkaForwarder,
        XRaySettings xRay,
        StackdriverSettings stackdriver,
        ScouterSettings scouter,
        RetentionSettings retention,
        LinkSettings links,
        QuerySettings query,
        HealthSettings health,
        UiSettings ui,
        SelfTracingSettings selfTracing,
        EurekaSettings eureka) {

    /**
     * Whether spans over HTTP are stored by the thread that brings them, and nothing is waited for.
     */
    public boolean storesAtOnce() {
        return storage.isInMemory() && !httpIntake.journal();
    }

    /**
     * Reads all settings.
     *
     * @param source gives the text of a name, or null when it is not set
     * @throws InvalidSettingsException naming every wrong setting
     */
    public static ZipkinSettings read(Function<String, @Nullable String> source) {
        SettingsReader reader = new SettingsReader(source);
        QuerySettings query = QuerySettings.from(reader);
        StorageSettings storage = StorageSettings.from(reader);
        ZipkinSettings settings = new ZipkinSettings(
                ServerSettings.from(reader),
                CollectorSettings.from(reader),
                BudgetSettings.from(reader),
                HttpIntakeSettings.from(reader),
                HttpAnswerSettings.from(reader),
                GrpcSettings.from(reader),
                ScribeSettings.from(reader),
                KafkaSettings.from(reader),
                RabbitMqSettings.from(reader),
                PulsarSettings.from(reader),
                JmsSettings.from(reader),
                ActiveMqSettings.from(reader),
                SqsSettings.from(reader),
                KinesisSettings.from(reader),
                AwsEndpointSettings.from(reader),
                storage,
                ThrottleSettings.from(reader),
                MemorySettings.from(reader),
                SqlSettings.from(reader, storage.type()),
                ElasticsearchSettings.from(reader),
                CassandraSettings.from(reader),
                HttpForwarderSettings.from(reader),
                KafkaForwarderSettings.from(reader),
                XRaySettings.from(reader),
                StackdriverSettings.from(reader),
                ScouterSettings.from(reader),
                RetentionSettings.from(reader),
                LinkSettings.from(reader),
                query,
                HealthSettings.from(reader),
                UiSettings.from(reader, query.enabled(), storage.searchEnabled()),
                SelfTracingSettings.from(reader),
                EurekaSettings.from(reader));
        reader.throwIfRefused();
        return settings;
    }

    /** Every setting there is, by concern, in the order of docs/operating/settings.md. */
    public static Map<String, List<Setting<?>>> catalogue() {
        Map<String, List<Setting<?>>> concerns = new LinkedHashMap<>();
        concerns.put("Server", ServerSettings.settings());
        concerns.put("Collector", CollectorSettings.settings());
        concerns.put("Memory of messages", BudgetSettings.settings());
        concerns.put("HTTP intake", HttpIntakeSettings.settings());
        concerns.put("HTTP answers", HttpAnswerSettings.settings());
        concerns.put("gRPC", GrpcSettings.settings());
        concerns.put("Scribe", ScribeSettings.settings());
        concerns.put("Kafka", KafkaSettings.settings());
        concerns.put("RabbitMQ", RabbitMqSettings.settings());
        concerns.put("Apache Pulsar", PulsarSettings.settings());
        concerns.put("JMS", JmsSettings.settings());
        concerns.put("ActiveMQ Classic", ActiveMqSettings.settings());
        concerns.put("Amazon SQS", SqsSettings.settings());
        concerns.put("Amazon Kinesis", KinesisSettings.settings());
        concerns.put("Endpoints of AWS", AwsEndpointSettings.settings());
        concerns.put("Storage", StorageSettings.settings());
        concerns.put("Throttled writes", ThrottleSettings.settings());
        concerns.put("Storage in memory", MemorySettings.settings());
        concerns.put("Retention", RetentionSettings.settings());
        concerns.put("Dependency links", LinkSettings.settings());
        concerns.put("Storage in a SQL database", SqlSettings.settings());
        concerns.put("Data sources of the application server", SqlAddress.settings());
        concerns.put("Storage in Elasticsearch or OpenSearch", ElasticsearchSettings.settings());
        concerns.put("Storage in Cassandra", CassandraSettings.settings());
        concerns.put("Forwarding to another Zipkin", HttpForwarderSettings.settings());
        concerns.put("Forwarding to Kafka", KafkaForwarderSettings.settings());
        concerns.put("Forwarding to AWS X-Ray", XRaySettings.settings());
        concerns.put("Forwarding to Google Cloud Trace", StackdriverSettings.settings());
        concerns.put("Forwarding to Scouter", ScouterSettings.settings());
        concerns.put("Query API", QuerySettings.settings());
        concerns.put("Health", HealthSettings.settings());
        concerns.put("UI", UiSettings.settings());
        concerns.put("Self-tracing", SelfTracingSettings.settings());
        concerns.put("Eureka", EurekaSettings.settings());
        return concerns;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
