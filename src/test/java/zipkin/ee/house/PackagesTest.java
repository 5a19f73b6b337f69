package zipkin.ee.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static zipkin.ee.house.HouseRules.configurationIsReadBy;
import static zipkin.ee.house.HouseRules.only;
import static zipkin.ee.house.HouseRules.threadsAreMadeBy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import zipkin.ee.SettingsBeans;

/**
 * The table of packages in ARCHITECTURE.md, for those of the WAR. A new package gets its row there
 * and its rule here. Each connector has such a test of its own.
 */
@AnalyzeClasses(packages = "zipkin.ee", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule CDI_USES_CDI_ONLY = only("zipkin.ee.cdi");

    @ArchTest
    static final ArchRule BUDGET_USES_CDI_ONLY = only("zipkin.ee.budget");

    @ArchTest
    static final ArchRule TEXT_USES_THE_JDK = only("zipkin.ee.text");

    @ArchTest
    static final ArchRule CONFIG_USES_THE_JDK = only("zipkin.ee.config");

    @ArchTest
    static final ArchRule FAULT_USES_THE_JDK = only("zipkin.ee.fault", "zipkin.ee.text", "java.sql..");

    @ArchTest
    static final ArchRule AWS_USES_ITS_SDK = only("zipkin.ee.aws", "zipkin.ee.config", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule CONCURRENT_USES_JAKARTA_CONCURRENCY =
            only("zipkin.ee.concurrent", "jakarta.enterprise.concurrent..");

    @ArchTest
    static final ArchRule CODEC_USES_ZIPKIN2_AND_JACKSON =
            only("zipkin.ee.codec", "zipkin2..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule OTLP_USES_ZIPKIN2_AND_JACKSON =
            only("zipkin.ee.codec.otlp", "zipkin.ee.codec", "zipkin2..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule COLLECT_USES_CODEC_AND_ZIPKIN2 =
            only("zipkin.ee.collect", "zipkin.ee.codec", "zipkin.ee.config", "zipkin.ee.fault", "zipkin2..");

    @ArchTest
    static final ArchRule STORAGE_USES_THE_SPI = only(
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.fault",
            "zipkin2..");

    @ArchTest
    static final ArchRule MEMORY_USES_THE_SPI = only(
            "zipkin.ee.storage.memory",
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.config",
            "zipkin2..");

    @ArchTest
    static final ArchRule LINK_USES_ZIPKIN2 =
            only("zipkin.ee.link", "zipkin.ee.concurrent", "zipkin.ee.config", "zipkin2..");

    @ArchTest
    static final ArchRule SQL_INDEX_USES_ZIPKIN2 = only("zipkin.ee.storage.jpa.index", "zipkin2..");

    @ArchTest
    static final ArchRule SQL_TABLES_USE_JAKARTA_PERSISTENCE =
            only("zipkin.ee.storage.jpa.model", "jakarta.persistence..");

    @ArchTest
    static final ArchRule SQL_USES_JAKARTA_PERSISTENCE = only(
            "zipkin.ee.storage.jpa",
            "zipkin.ee.fault",
            "zipkin.ee.storage.jpa.index",
            "zipkin.ee.storage.jpa.model",
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.codec",
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
            "zipkin.ee.fault",
            "zipkin.ee.storage",
            "zipkin.ee.aws",
            "zipkin.ee.http.client",
            "zipkin.ee.json",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin2..",
            "com.fasterxml.jackson.core..",
            "javax.net.ssl..",
            "co.elastic.clients..",
            "org.apache.hc..",
            "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule FORWARDERS_USE_THEIR_PROTOCOLS = only(
            "zipkin.ee.storage.forward",
            "zipkin.ee.fault",
            "zipkin.ee.storage",
            "zipkin.ee.codec",
            "zipkin.ee.codec.otlp",
            "zipkin.ee.config",
            "zipkin.ee.http.client",
            "zipkin.ee.json",
            "javax.management..",
            "zipkin2..",
            "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule CASSANDRA_USES_ITS_DRIVER = only(
            "zipkin.ee.storage.cassandra",
            "zipkin.ee.fault",
            "zipkin.ee.storage",
            "zipkin.ee.link",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin2..",
            "com.datastax.oss..");

    @ArchTest
    static final ArchRule HTTP_USES_JAKARTA_REST = only(
            "zipkin.ee.http",
            "zipkin.ee.http.client",
            "zipkin.ee.config",
            "zipkin.ee.fault",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule BODIES_USE_SERVLETS = only(
            "zipkin.ee.http.body",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.answer",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule ANSWERS_USE_SERVLETS_AND_FILTERS_OF_JAKARTA_REST = only(
            "zipkin.ee.http.answer",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule REQUESTS_USE_THE_JDK = only("zipkin.ee.http.client");

    @ArchTest
    static final ArchRule GRPC_USES_COLLECT = only(
            "zipkin.ee.transport.grpc",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.config",
            "zipkin.ee.http.body",
            "zipkin.ee.http.grpc",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule UNARY_SERVICES_USE_BODIES = only(
            "zipkin.ee.http.grpc",
            "zipkin.ee.codec",
            "zipkin.ee.collect",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.body",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule SCRIBE_USES_COLLECT = only(
            "zipkin.ee.transport.scribe",
            "zipkin.ee.fault",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http.body",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule POLLED_USES_COLLECT =
            only("zipkin.ee.transport.polled", "zipkin.ee.collect", "zipkin.ee.concurrent", "jakarta.servlet..");

    @ArchTest
    static final ArchRule SQS_USES_AMAZONS_SDK = only(
            "zipkin.ee.transport.sqs",
            "zipkin.ee.fault",
            "zipkin.ee.aws",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.json",
            "zipkin.ee.transport.otlp",
            "zipkin.ee.transport.polled",
            "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule KINESIS_USES_AMAZONS_SDK = only(
            "zipkin.ee.transport.kinesis",
            "zipkin.ee.fault",
            "zipkin.ee.aws",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.transport.otlp",
            "zipkin.ee.transport.polled",
            "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule JSON_USES_JACKSON = only("zipkin.ee.json", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule SELF_TRACING_USES_BRAVE = only(
            "zipkin.ee.selftracing",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
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
    static final ArchRule OTLP_TRANSPORT_USES_COLLECT = only(
            "zipkin.ee.transport.otlp",
            "zipkin.ee.collect",
            "zipkin.ee.codec",
            "zipkin.ee.codec.otlp",
            "zipkin.ee.config",
            "zipkin.ee.fault",
            "zipkin.ee.http",
            "zipkin.ee.http.body",
            "zipkin.ee.http.grpc",
            "zipkin.ee.json",
            "zipkin2..",
            "com.fasterxml.jackson.core..",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule MESSAGING_USES_COLLECT = only(
            "zipkin.ee.transport.messaging",
            "zipkin.ee.fault",
            "zipkin.ee.codec",
            "zipkin.ee.collect",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.transport.otlp",
            "jakarta.ejb..",
            "jakarta.transaction..",
            "jakarta.jms..",
            "jakarta.resource..",
            "javax.management..",
            "javax.naming..");

    @ArchTest
    static final ArchRule QUERY_USES_THE_STORAGE = only(
            "zipkin.ee.query",
            "zipkin.ee.concurrent",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.answer",
            "zipkin2..",
            "com.fasterxml.jackson.core..",
            "jakarta.servlet..",
            "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule UI_USES_JAKARTA_REST = only(
            "zipkin.ee.ui",
            "zipkin.ee.config",
            "zipkin.ee.http",
            "zipkin.ee.http.answer",
            "com.fasterxml.jackson.core..",
            "jakarta.ws.rs..",
            "jakarta.servlet..");

    @ArchTest
    static final ArchRule OPS_USES_COLLECT_AND_STORAGE = only(
            "zipkin.ee.ops",
            "zipkin.ee.fault",
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
                    "zipkin.ee.budget",
                    "zipkin.ee.cdi",
                    "zipkin.ee.codec",
                    "zipkin.ee.codec.otlp",
                    "zipkin.ee.collect",
                    "zipkin.ee.concurrent",
                    "zipkin.ee.config",
                    "zipkin.ee.discovery",
                    "zipkin.ee.fault",
                    "zipkin.ee.http",
                    "zipkin.ee.http.answer",
                    "zipkin.ee.http.body",
                    "zipkin.ee.http.client",
                    "zipkin.ee.http.grpc",
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
                    "zipkin.ee.text",
                    "zipkin.ee.transport.grpc",
                    "zipkin.ee.transport.http",
                    "zipkin.ee.transport.kinesis",
                    "zipkin.ee.transport.messaging",
                    "zipkin.ee.transport.otlp",
                    "zipkin.ee.transport.polled",
                    "zipkin.ee.transport.scribe",
                    "zipkin.ee.transport.sqs",
                    "zipkin.ee.ui");

    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_BY_ONE_CLASS = configurationIsReadBy(equivalentTo(SettingsBeans.class));

    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = threadsAreMadeBy(alwaysFalse());
}
