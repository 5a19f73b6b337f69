package zipkin.ee;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zipkin.ee.aws.AwsEndpointSettings;
import zipkin.ee.config.BudgetSettings;
import zipkin.ee.config.CollectorSettings;
import zipkin.ee.config.HttpIntakeSettings;
import zipkin.ee.config.InvalidSettingsException;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.config.QuerySettings;
import zipkin.ee.config.RetentionSettings;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.config.UiSettings;
import zipkin.ee.discovery.EurekaSettings;
import zipkin.ee.http.answer.HttpAnswerSettings;
import zipkin.ee.link.LinkSettings;
import zipkin.ee.ops.HealthSettings;
import zipkin.ee.ops.ServerSettings;
import zipkin.ee.selftracing.SelfTracingSettings;
import zipkin.ee.storage.ThrottleSettings;
import zipkin.ee.storage.cassandra.CassandraSettings;
import zipkin.ee.storage.elasticsearch.ElasticsearchSettings;
import zipkin.ee.storage.forward.HttpForwarderSettings;
import zipkin.ee.storage.forward.KafkaForwarderSettings;
import zipkin.ee.storage.forward.OtlpForwarderSettings;
import zipkin.ee.storage.forward.ScouterSettings;
import zipkin.ee.storage.forward.StackdriverSettings;
import zipkin.ee.storage.forward.XRaySettings;
import zipkin.ee.storage.jpa.SqlSettings;
import zipkin.ee.storage.memory.MemorySettings;
import zipkin.ee.transport.grpc.GrpcSettings;
import zipkin.ee.transport.kinesis.KinesisSettings;
import zipkin.ee.transport.messaging.ActiveMqSettings;
import zipkin.ee.transport.messaging.JmsSettings;
import zipkin.ee.transport.messaging.KafkaSettings;
import zipkin.ee.transport.messaging.PulsarSettings;
import zipkin.ee.transport.messaging.RabbitMqSettings;
import zipkin.ee.transport.scribe.ScribeSettings;
import zipkin.ee.transport.sqs.SqsSettings;

/**
 * All settings of one deployment. {@link SettingsBeans} makes each component a bean of its own.
 */
public record ZipkinSettings(
        ServerSettings server,
        CollectorSettings collector,
        BudgetSettings budgets,
        HttpIntakeSettings httpIntake,
        HttpAnswerSettings httpAnswers,
        OtlpSettings otlp,
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
        RetentionSettings retention,
        LinkSettings links,
        SqlSettings sql,
        ElasticsearchSettings elasticsearch,
        CassandraSettings cassandra,
        HttpForwarderSettings httpForwarder,
        OtlpForwarderSettings otlpForwarder,
        KafkaForwarderSettings kafkaForwarder,
        XRaySettings xRay,
        StackdriverSettings stackdriver,
        ScouterSettings scouter,
        QuerySettings query,
        HealthSettings health,
        UiSettings ui,
        SelfTracingSettings selfTracing,
        EurekaSettings eureka) {

    /** In the order of docs/operating/settings.md. */
    private static ZipkinSettings from(SettingsReader reader) {
        return new ZipkinSettings(
                reader.section("Server", ServerSettings::from),
                reader.section("Collector", CollectorSettings::from),
                reader.section("Memory of messages", BudgetSettings::from),
                reader.section("HTTP intake", HttpIntakeSettings::from),
                reader.section("HTTP answers", HttpAnswerSettings::from),
                reader.section("OTLP", OtlpSettings::from),
                reader.section("gRPC", GrpcSettings::from),
                reader.section("Scribe", ScribeSettings::from),
                reader.section("Kafka", KafkaSettings::from),
                reader.section("RabbitMQ", RabbitMqSettings::from),
                reader.section("Apache Pulsar", PulsarSettings::from),
                reader.section("JMS", JmsSettings::from),
                reader.section("ActiveMQ Classic", ActiveMqSettings::from),
                reader.section("Amazon SQS", SqsSettings::from),
                reader.section("Amazon Kinesis", KinesisSettings::from),
                reader.section("Endpoints of AWS", AwsEndpointSettings::from),
                reader.section("Storage", StorageSettings::from),
                reader.section("Throttled writes", ThrottleSettings::from),
                reader.section("Storage in memory", MemorySettings::from),
                reader.section("Retention", RetentionSettings::from),
                reader.section("Dependency links", LinkSettings::from),
                reader.section("Storage in a SQL database", SqlSettings::from),
                reader.section("Storage in Elasticsearch or OpenSearch", ElasticsearchSettings::from),
                reader.section("Storage in Cassandra", CassandraSettings::from),
                reader.section("Forwarding to another Zipkin", HttpForwarderSettings::from),
                reader.section("Forwarding over OTLP", OtlpForwarderSettings::from),
                reader.section("Forwarding to Kafka", KafkaForwarderSettings::from),
                reader.section("Forwarding to AWS X-Ray", XRaySettings::from),
                reader.section("Forwarding to Google Cloud Trace", StackdriverSettings::from),
                reader.section("Forwarding to Scouter", ScouterSettings::from),
                reader.section("Query API", QuerySettings::from),
                reader.section("Health", HealthSettings::from),
                reader.section("UI", UiSettings::from),
                reader.section("Self-tracing", SelfTracingSettings::from),
                reader.section("Eureka", EurekaSettings::from));
    }

    /**
     * Reads all settings.
     *
     * @param source gives the text of a name, or null when it is not set
     * @throws InvalidSettingsException naming every wrong setting
     */
    public static ZipkinSettings read(Function<String, @Nullable String> source) {
        SettingsReader reader = new SettingsReader(source);
        ZipkinSettings settings = from(reader);
        reader.throwIfRefused();
        return settings;
    }

    /** Every setting there is, by section of docs/operating/settings.md. */
    static Map<String, Set<Setting<?>>> catalogue() {
        SettingsReader reader = new SettingsReader(name -> null);
        from(reader);
        return reader.sections();
    }

    /** Whether a span over HTTP is stored by the thread that brings it, without any waiting. */
    public boolean storesAtOnce() {
        return storage.isInMemory() && !httpIntake.journal();
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
