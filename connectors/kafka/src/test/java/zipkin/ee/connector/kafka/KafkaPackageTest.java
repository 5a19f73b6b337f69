package zipkin.ee.connector.kafka;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
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

/** The row of Kafka's connector in ARCHITECTURE.md. */
@AnalyzeClasses(locations = ModuleClasses.class)
class KafkaPackageTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ADAPTER_USES_KAFKAS_CLIENT = only(
            "zipkin.ee.connector.kafka",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "javax.management..",
            "org.apache.kafka..");

    /** Any consumer property is set by its prefix. */
    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_IN_ONE_CLASS =
            configurationIsReadBy(belongToAnyOf(KafkaOverrides.class));

    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = threadsAreMadeBy(alwaysFalse());

    @ArchTest
    static final ArchRule EVERY_CLASS_IS_IN_THE_PACKAGE_OF_THE_TABLE =
            classes().should().resideInAPackage("zipkin.ee.connector.kafka");
}
