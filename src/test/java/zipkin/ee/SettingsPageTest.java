package zipkin.ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.Setting;

/**
 * docs/operating/settings.md lists the settings that the code reads, no more and no fewer. After a
 * change of settings, update it:
 * {@code mvn test -Dtest=SettingsPageTest -Dzipkin.docs.update=true}
 */
class SettingsPageTest {
    private static final Path PAGE = Path.of("docs/operating/settings.md");

    @Test
    void page_listsWhatTheCodeReads() throws IOException {
        String page = page();
        if (Boolean.getBoolean("zipkin.docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    void names_areUnique() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    @Test
    void catalogue_holdsEverySettingThatIsRead() {
        Set<String> read = new HashSet<>();
        ZipkinSettings.read(name -> {
            read.add(name);
            return null;
        });
        assertThat(names()).containsExactlyInAnyOrderElementsOf(read);
    }

    /** A setting that is read only when another one is set would be missing from the page. */
    @Test
    void catalogue_holdsEverySettingThatIsDeclared() {
        Set<String> names = new HashSet<>(names());
        new ClassFileImporter()
                        .importPackagesOf(Setting.class)
                        .that(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Test")))
                        .stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                        .forEach(field -> assertThat(names)
                                .contains(value(field.reflect()).name()));
    }

    private static Setting<?> value(Field field) {
        try {
            field.setAccessible(true);
            return (Setting<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field.getName(), e);
        }
    }

    private static List<String> names() {
        return ZipkinSettings.catalogue().values().stream()
                .flatMap(Set::stream)
                .flatMap(setting -> Stream.concat(Stream.of(setting.name()), setting.aliases().stream()))
                .toList();
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Settings

                Every setting has one name. It is read as an environment variable, as a Java system property
                (`-DMEM_MAX_SPANS=100000`) and through any other source of MicroProfile Config, in MicroProfile
                Config's order. An empty value counts as not set. A wrong one stops the deployment with its
                name, its value and what is allowed.

                `true` can be written `on`, `yes` or `1`, and `false` `off`, `no` or `0`, in any case. Blanks
                around a value are ignored. A value that the application server reads too is refused with blanks
                around it. So is any word but `true` and `false` in COLLECTOR_OTLP_LISTENERS, MYSQL_USE_SSL
                and POSTGRES_USE_SSL, and mixed case in COLLECTOR_JMS_ENABLED and
                COLLECTOR_ACTIVEMQ_ENABLED.

                This page is written by a test from the code that reads the settings.
                """);
        for (Map.Entry<String, Set<Setting<?>>> section :
                ZipkinSettings.catalogue().entrySet()) {
            page.append("\n## ").append(section.getKey()).append("\n\n");
            page.append("| name | default | allowed | meaning |\n|---|---|---|---|\n");
            section.getValue().forEach(setting -> page.append(row(setting)));
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        StringBuilder names = new StringBuilder("`" + setting.name() + "`");
        setting.aliases().forEach(alias -> names.append(" or `").append(alias).append("`"));
        String fallback = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
        return "| " + names + " | " + fallback + " | " + setting.allowed() + " | " + setting.description() + " |\n";
    }
}
