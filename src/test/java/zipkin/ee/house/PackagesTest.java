package zipkin.ee.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of packages in ARCHITECTURE.md. A new package gets its row there and its rule here. */
@AnalyzeClasses(packages = "zipkin.ee", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    /** What every package may use: the language, null annotations, CDI, and the bean stereotype. */
    private static final DescribedPredicate<JavaClass> COMMON = resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "jakarta.inject..",
            "jakarta.enterprise.context..",
            "jakarta.enterprise.event..",
            "jakarta.enterprise.inject..",
            "jakarta.enterprise.util..",
            "jakarta.annotation",
            "zipkin.ee.cdi..");

    @ArchTest
    static final ArchRule CDI_USES_CDI_ONLY = only("zipkin.ee.cdi");

    @ArchTest
    static final ArchRule CONFIG_READS_CONFIGURATION = only("zipkin.ee.config", "org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule AWS_USES_ITS_SDK = only(
            "zipkin.ee.aws",
            "zipkin.ee.config",
            "zipkin.ee.json",
            "com.fasterxml.jackson.core..",
            "software.amazon.awssdk..",
            "javax.xml.stream..");

    @ArchTest
    static final ArchRule CONCURRENT_USES_JAKARTA_CONCURRENCY =
            only("zipkin.ee.concurrent", "jakarta.enterprise.concurrent..");

    @ArchTest
    static final ArchRule CODEC_USES_ZIPKIN2_AND_JACKSON =
            only("zipkin.ee.codec", "zipkin2..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule COLLECT_USES_CODEC_AND_ZIPKIN2 =
            only("zipkin.ee.collect", "zipkin.ee.codec", "zipkin.ee.config", "zipkin2..");

    @ArchTest
    static final ArchRule STORAGE_USES_THE_SPI =
            only("zipkin.ee.storage", "zipkin.ee.concurrent", "zipkin.ee.config", "zipkin2..");

    @ArchTest
    static final ArchRule MEMORY_USES_THE_SPI =
            only("zipkin.ee.storage.memory", "zipkin.ee.storage", "zipkin.ee.codec", "zipkin.ee.config", "zipkin2..");

    @ArchTest
    static final ArchRule LINK_USES_ZIPKIN2 = only("zipkin.ee.link", "zipkin2..");

    @ArchTest
    static final ArchRule SQL_INDEX_USES_ZIPKIN2 = only("zipkin.ee.storage.jpa.index", "zipkin2..");

    @ArchTest
    static final ArchRule SQL_TABLES_USE_JAKARTA_PERSISTENCE =
            only("zipkin.ee.storage.jpa.model", "jakarta.persistence..");

    @ArchTest
    static final ArchRule SQL_USES_JAKARTA_PERSISTENCE = only(
            "zipkin.ee.storage.jpa",
            "zipkin.ee.storage.jpa.index",
            "zipkin.ee.storage.jpa.model",
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin2..",
            "jakarta.persistence..",
            "jakarta.transaction..",
            "javax.naming..",
            "javax.sql..");

    @ArchTest
    static final ArchRule ELASTICSEARCH_USES_ITS_CLIENT = only(
            "zipkin.ee.storage.elasticsearch",
            "zipkin.ee.storage",
            "zipkin.ee.aws",
            "zipkin.ee.json",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin2..",
            "com.fasterxml.jackson.core..",
            "javax.net.ssl..",
            "co.elastic.clients..",
            "org.apache.hc..");

    @ArchTest
    static final ArchRule FORWARDERS_USE_THEIR_PROTOCOLS = only(
            "zipkin.ee.storage.forward",
            "zipkin.ee.storage",
            "zipkin.ee.codec",
            "zipkin.ee.config",
            "zipkin.ee.http.client",
            "zipkin.ee.json",
            "javax.management..",
            "zipkin2..",
            "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule CASSANDRA_USES_ITS_DRIVER = only(
            "zipkin.ee.storage.cassandra",
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin2..",
            "com.datastax.oss..");

    @ArchTest
    static final ArchRule HTTP_USES_JAKARTA_REST =
            only("zipkin.ee.http", "zipkin.ee.config", "jakarta.ws.rs..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule BODIES_USE_SERVLETS = only(
            "zipkin.ee.http.body", "zipkin.ee.concurrent", "zipkin.ee.config", "zipkin.ee.http", "jakarta.servlet..");

    @ArchTest
    static final ArchRule REQUESTS_USE_THE_JDK = only("zipkin.ee.http.client");

    @ArchTest
    static final ArchRule GRPC_USES_COLLECT = only(
            "zipkin.ee.transport.grpc",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.body",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule SCRIBE_USES_COLLECT = only(
            "zipkin.ee.transport.scribe",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http.body",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule SQS_USES_COLLECT = only(
            "zipkin.ee.transport.sqs",
            "zipkin.ee.aws",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.json",
            "com.fasterxml.jackson.core..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule KINESIS_USES_COLLECT = only(
            "zipkin.ee.transport.kinesis",
            "zipkin.ee.aws",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.json",
            "com.fasterxml.jackson.core..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule JSON_USES_JACKSON = only("zipkin.ee.json", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule SELF_TRACING_USES_BRAVE = only(
            "zipkin.ee.selftracing",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "brave..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule DISCOVERY_USES_THE_ADDRESS = only(
            "zipkin.ee.discovery",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http.client",
            "zipkin.ee.ops",
            "com.fasterxml.jackson.core..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule HTTP_TRANSPORT_USES_COLLECT = only(
            "zipkin.ee.transport.http",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.body",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule MESSAGING_USES_COLLECT = only(
            "zipkin.ee.transport.messaging",
            "zipkin.ee.codec",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "jakarta.ejb..",
            "jakarta.transaction..",
            "jakarta.jms..",
            "jakarta.resource..",
            "javax.management..",
            "javax.naming..");

    /** Packaged into the RARs, away from the rest. */
    @ArchTest
    static final ArchRule CONNECTORS_USE_JAKARTA_CONNECTORS =
            only("zipkin.ee.connector", "jakarta.resource..", "javax.management..", "javax.transaction.xa..");

    @ArchTest
    static final ArchRule KAFKA_CONNECTOR_USES_ITS_CLIENT = only(
            "zipkin.ee.connector.kafka",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "javax.management..",
            "org.apache.kafka..");

    @ArchTest
    static final ArchRule RABBITMQ_CONNECTOR_USES_ITS_CLIENT = only(
            "zipkin.ee.connector.rabbitmq",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "javax.net.ssl..",
            "com.rabbitmq..");

    @ArchTest
    static final ArchRule PULSAR_CONNECTOR_USES_ITS_CLIENT = only(
            "zipkin.ee.connector.pulsar",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "org.apache.pulsar.client.api..");

    @ArchTest
    static final ArchRule QUERY_USES_THE_STORAGE = only(
            "zipkin.ee.query",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin2..",
            "com.fasterxml.jackson.core..",
            "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule UI_USES_JAKARTA_REST = only(
            "zipkin.ee.ui",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "com.fasterxml.jackson.core..",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule OPS_USES_COLLECT_AND_STORAGE = only(
            "zipkin.ee.ops",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.storage",
            "zipkin2..",
            "io.micrometer..",
            "com.fasterxml.jackson.core..",
            "jakarta.ws.rs..",
            "jakarta.servlet..",
            "javax.management..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("zipkin.ee.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVERY_CLASS_IS_IN_A_PACKAGE_OF_THE_TABLE = classes()
            .should()
            .resideInAnyPackage(
                    "zipkin.ee",
                    "zipkin.ee.aws",
                    "zipkin.ee.cdi",
                    "zipkin.ee.codec",
                    "zipkin.ee.collect",
                    "zipkin.ee.concurrent",
                    "zipkin.ee.config",
                    "zipkin.ee.connector",
                    "zipkin.ee.connector.kafka",
                    "zipkin.ee.connector.pulsar",
                    "zipkin.ee.connector.rabbitmq",
                    "zipkin.ee.discovery",
                    "zipkin.ee.http",
                    "zipkin.ee.http.body",
                    "zipkin.ee.http.client",
                    "zipkin.ee.json",
                    "zipkin.ee.link",
                    "zipkin.ee.ops",
                    "zipkin.ee.query",
                    "zipkin.ee.selftracing",
                    "zipkin.ee.storage",
                    "zipkin.ee.storage.cassandra",
                    "zipkin.ee.storage.elasticsearch",
                    "zipkin.ee.storage.forward",
                    "zipkin.ee.storage.jpa",
                    "zipkin.ee.storage.jpa.index",
                    "zipkin.ee.storage.jpa.model",
                    "zipkin.ee.storage.memory",
                    "zipkin.ee.transport.grpc",
                    "zipkin.ee.transport.http",
                    "zipkin.ee.transport.kinesis",
                    "zipkin.ee.transport.messaging",
                    "zipkin.ee.transport.scribe",
                    "zipkin.ee.transport.sqs",
                    "zipkin.ee.ui");

    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_IN_CONFIG_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("zipkin.ee.config")
            // Any consumer property by its prefix, and secrets, which descriptors would show to whoever reads the
            // management model.
            .and()
            .doNotHaveFullyQualifiedName("zipkin.ee.connector.kafka.KafkaOverrides")
            .and()
            .doNotHaveFullyQualifiedName("zipkin.ee.connector.pulsar.ClientOverrides")
            .and()
            .doNotHaveFullyQualifiedName("zipkin.ee.connector.rabbitmq.Secrets")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class)
            .orShould()
            .dependOnClassesThat(resideInAPackage("org.eclipse.microprofile.config.."));

    @ArchTest
    static final ArchRule NOBODY_PRINTS = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = noClasses()
            .that()
            // Names those that RabbitMQ's client makes by itself.
            .doNotHaveFullyQualifiedName("zipkin.ee.connector.rabbitmq.RabbitAccess")
            .should()
            .callConstructorWhere(new DescribedPredicate<>("makes a thread of its own") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                    return call.getTargetOwner().isAssignableTo(Thread.class);
                }
            });

    @ArchTest
    static final ArchRule TIMES_HAVE_UNITS = fields().that()
            .haveRawType(long.class)
            .should()
            .haveNameNotMatching("(?i).*(timeout|duration|timestamp|lookback|interval|delay)")
            .because("a number of time has its unit in its name: Micros, Millis, Nanos, Seconds");

    @ArchTest
    static final ArchRule RETURNED_TIMES_HAVE_UNITS = methods()
            .that()
            .haveRawReturnType(long.class)
            .and()
            .doNotHaveName("getDelay") // of the JDK
            .should()
            .haveNameNotMatching("(?i).*(timeout|duration|timestamp|lookback|interval|delay)");

    private static ArchRule only(String subject, String... others) {
        return classes()
                .that()
                .resideInAPackage(subject)
                .should()
                .onlyDependOnClassesThat(COMMON.or(resideInAPackage(subject)).or(resideInAnyPackage(others)));
    }
}
