package zipkin.ee.connector.rabbitmq;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static zipkin.ee.house.HouseRules.configurationIsReadBy;
import static zipkin.ee.house.HouseRules.only;
import static zipkin.ee.house.HouseRules.threadsAreMadeBy;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import zipkin.ee.house.HouseRules;
import zipkin.ee.house.ModuleClasses;

/** The row of RabbitMQ's connector in ARCHITECTURE.md. */
@AnalyzeClasses(locations = ModuleClasses.class)
class RabbitPackageTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ADAPTER_USES_RABBITMQS_CLIENT = only(
            "zipkin.ee.connector.rabbitmq",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "javax.net.ssl..",
            "com.rabbitmq..");

    /** Descriptors would show secrets to everybody who reads the management model. */
    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_IN_ONE_CLASS = configurationIsReadBy(belongToAnyOf(Secrets.class));

    /** RabbitAccess names those that RabbitMQ's client makes by itself. */
    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = threadsAreMadeBy(belongToAnyOf(RabbitAccess.class));

    @ArchTest
    static final ArchRule EVERY_CLASS_IS_IN_THE_PACKAGE_OF_THE_TABLE =
            classes().should().resideInAPackage("zipkin.ee.connector.rabbitmq");
}
