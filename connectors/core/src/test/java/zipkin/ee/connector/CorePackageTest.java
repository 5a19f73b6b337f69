package zipkin.ee.connector;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
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

/** The row of what the connectors share in ARCHITECTURE.md. */
@AnalyzeClasses(locations = ModuleClasses.class)
class CorePackageTest {
    @ArchTest
    static final ArchTests HOUSE_RULES = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule CORE_USES_JAKARTA_CONNECTORS =
            only("zipkin.ee.connector", "jakarta.resource..", "javax.management..", "javax.transaction.xa..");

    @ArchTest
    static final ArchRule NOBODY_READS_CONFIGURATION = configurationIsReadBy(alwaysFalse());

    @ArchTest
    static final ArchRule THREADS_ARE_THE_SERVERS = threadsAreMadeBy(alwaysFalse());

    @ArchTest
    static final ArchRule EVERY_CLASS_IS_IN_THE_PACKAGE_OF_THE_TABLE =
            classes().should().resideInAPackage("zipkin.ee.connector");
}
