package zipkin.ee.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import zipkin.ee.cdi.SingleInstance;

/**
 * Hands each concern its record. Settings come from MicroProfile Config: system properties,
 * environment, and its other sources.
 */
@SingleInstance
class SettingsProducer {
    @Produces
    @Singleton
    ZipkinSettings settings() {
        Config config = ConfigProvider.getConfig();
        return ZipkinSettings.read(
                name -> config.getOptionalValue(name, String.class).orElse(null));
    }

    @Produces
    @Singleton
    ServerSettings server(ZipkinSettings settings) {
        return settings.server();
    }

    @Produces
    @Singleton
    CollectorSettings collector(ZipkinSettings settings) {
        return settings.collector();
    }

    @Produces
    @Singleton
    HttpIntakeSettings httpIntake(ZipkinSettings settings) {
        return settings.httpIntake();
    }

    @Produces
    @Singleton
    HttpAnswerSettings httpAnswers(ZipkinSettings settings) {
        return settings.httpAnswers();
    }

    @Produces
    @Singleton
    GrpcSettings grpc(ZipkinSettings settings) {
        return settings.grpc();
    }

    @Produces
    @Singleton
    ScribeSettings scribe(ZipkinSettings settings) {
        return settings.scribe();
    }

    @Produces
    @Singleton
    KafkaSettings kafka(ZipkinSettings settings) {
        return settings.kafka();
    }

    @Produces
    @Singleton
    RabbitMqSettings rabbitMq(ZipkinSettings settings) {
        return settings.rabbitMq();
    }

    @Produces
    @Singleton
    PulsarSettings pulsar(ZipkinSettings settings) {
        return settings.pulsar();
    }

    @Produces
    @Singleton
    BudgetSettings budgets(ZipkinSettings settings) {
        return settings.budgets();
    }

    @Produces
    @Singleton
    ScouterSettings scouter(ZipkinSettings settings) {
        return settings.scouter();
    }

    @Produces
    @Singleton
    KafkaForwarderSettings kafkaForwarder(ZipkinSettings settings) {
        return settings.kafkaForwarder();
    }

    @Produces
    @Singleton
    JmsSettings jms(ZipkinSettings settings) {
        return settings.jms();
    }

    @Produces
    @Singleton
    ActiveMqSettings activeMq(ZipkinSettings settings) {
        return settings.activeMq();
    }

    @Produces
    @Singleton
    SqsSettings sqs(ZipkinSettings settings) {
        return settings.sqs();
    }

    @Produces
    @Singleton
    KinesisSettings kinesis(ZipkinSettings settings) {
        return settings.kinesis();
    }

    @Produces
    @Singleton
    AwsEndpointSettings awsEndpoints(ZipkinSettings settings) {
        return settings.awsEndpoints();
    }

    @Produces
    @Singleton
    StorageSettings storage(ZipkinSettings settings) {
        return settings.storage();
    }

    @Produces
    @Singleton
    ThrottleSettings throttle(ZipkinSettings settings) {
        return settings.throttle();
    }

    @Produces
    @Singleton
    MemorySettings memory(ZipkinSettings settings) {
        return settings.memory();
    }

    @Produces
    @Singleton
    SqlSettings sql(ZipkinSettings settings) {
        return settings.sql();
    }

    @Produces
    @Singleton
    ElasticsearchSettings elasticsearch(ZipkinSettings settings) {
        return settings.elasticsearch();
    }

    @Produces
    @Singleton
    CassandraSettings cassandra(ZipkinSettings settings) {
        return settings.cassandra();
    }

    @Produces
    @Singleton
    HttpForwarderSettings httpForwarder(ZipkinSettings settings) {
        return settings.httpForwarder();
    }

    @Produces
    @Singleton
    XRaySettings xRay(ZipkinSettings settings) {
        return settings.xRay();
    }

    @Produces
    @Singleton
    StackdriverSettings stackdriver(ZipkinSettings settings) {
        return settings.stackdriver();
    }

    @Produces
    @Singleton
    RetentionSettings retention(ZipkinSettings settings) {
        return settings.retention();
    }

    @Produces
    @Singleton
    LinkSettings links(ZipkinSettings settings) {
        return settings.links();
    }

    @Produces
    @Singleton
    QuerySettings query(ZipkinSettings settings) {
        return settings.query();
    }

    @Produces
    @Singleton
    HealthSettings health(ZipkinSettings settings) {
        return settings.health();
    }

    @Produces
    @Singleton
    SelfTracingSettings selfTracing(ZipkinSettings settings) {
        return settings.selfTracing();
    }

    @Produces
    @Singleton
    EurekaSettings eureka(ZipkinSettings settings) {
        return settings.eureka();
    }

    @Produces
    @Singleton
    UiSettings ui(ZipkinSettings settings) {
        return settings.ui();
    }
}
