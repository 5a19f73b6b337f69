package zipkin.ee.connector.pulsar;

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

/** The row of Pulsar's connector in ARCHITECTURE.md. */
@AnalyzeClasses(locations = ModuleClasses.class)
class PulsarPackageTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ADAPTER_USES_PULSARS_API = only(
            "zipkin.ee.connector.pulsar",
            "zipkin.ee.connector",
            "jakarta.resource..",
            "org.apache.pulsar.client.api..");

    /** Any property of the client is set by its prefix. */
    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_IN_ONE_CLASS =
            configurationIsReadBy(belongToAnyOf(ClientOverrides.class));

    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = threadsAreMadeBy(alwaysFalse());

    @ArchTest
    static final ArchRule EVERY_CLASS_IS_IN_THE_PACKAGE_OF_THE_TABLE =
            classes().should().resideInAPackage("zipkin.ee.connector.pulsar");
}
