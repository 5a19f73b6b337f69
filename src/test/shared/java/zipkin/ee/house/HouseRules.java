package zipkin.ee.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ResourceBundle;

/**
 * Rules for every class of Zipkin EE, in the WAR and in the resource adapters, and what their
 * tables of packages are made of.
 */
public final class HouseRules {
    /**
     * What every package may use: the language, null annotations, CDI, the bean stereotype,
     * budgets, and safe texts.
     */
    private static final DescribedPredicate<JavaClass> COMMON = resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "jakarta.inject..",
            "jakarta.enterprise.context..",
            "jakarta.enterprise.event..",
            "jakarta.enterprise.inject..",
            "jakarta.enterprise.util..",
            "jakarta.annotation",
            "zipkin.ee.budget..",
            "zipkin.ee.cdi..",
            "zipkin.ee.text");

    @ArchTest
    static final ArchRule NOBODY_PRINTS = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    /** The one logger that makes safe what comes from input. */
    @ArchTest
    static final ArchRule EVERY_LOG_IS_SAFE = noClasses()
            .that()
            .doNotHaveSimpleName("SafeLogger")
            .should()
            .callMethod(System.class, "getLogger", String.class)
            .orShould()
            .callMethod(System.class, "getLogger", String.class, ResourceBundle.class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging.."));

    @ArchTest
    static final ArchRule TIMES_HAVE_UNITS = fields().that()
            .haveRawType(long.class)
            .should()
            .haveNameNotMatching("(?i).*(timeout|duration|timestamp|lookback|interval|delay)")
            .because("a number of time has its unit in its name: Micros, Millis, Nanos, Seconds")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule RETURNED_TIMES_HAVE_UNITS = methods()
            .that()
            .haveRawReturnType(long.class)
            .and()
            .doNotHaveName("getDelay")
            .and()
            .doNotHaveName("getTimeout") // of the JDK
            .should()
            .haveNameNotMatching("(?i).*(timeout|duration|timestamp|lookback|interval|delay)")
            .allowEmptyShould(true);

    private HouseRules() {}

    /**
     * A row of the table: the package {@code subject}, without those below it, uses {@code others}
     * and what all may use.
     */
    public static ArchRule only(String subject, String... others) {
        return classes()
                .that()
                .resideInAPackage(subject)
                .should()
                .onlyDependOnClassesThat(COMMON.or(resideInAPackage(subject)).or(resideInAnyPackage(others)));
    }

    /**
     * Only classes that {@code readers} matches read environment variables, system properties or
     * MicroProfile Config.
     */
    public static ArchRule configurationIsReadBy(DescribedPredicate<? super JavaClass> readers) {
        return noClasses()
                .that(DescribedPredicate.not(readers))
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
    }

    /**
     * Only classes that {@code makers} matches make threads: all others use those of the
     * application server.
     */
    public static ArchRule threadsAreMadeBy(DescribedPredicate<? super JavaClass> makers) {
        return noClasses()
                .that(DescribedPredicate.not(makers))
                .should()
                .callConstructorWhere(new DescribedPredicate<>("makes a thread of its own") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        return call.getTargetOwner().isAssignableTo(Thread.class);
                    }
                });
    }
}
