package zipkin.ee.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * docs/operating/settings.md lists the settings that the code reads, no more and no fewer. After a
 * change of settings regenerate it:
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
        List<String> names = new ArrayList<>();
        ZipkinSettings.catalogue()
                .values()
                .forEach(settings -> settings.forEach(setting -> {
                    names.add(setting.name());
                    names.addAll(setting.aliases());
                }));
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void catalogue_holdsEverySettingThatIsRead() {
        Set<String> read = new HashSet<>();
        ZipkinSettings.read(name -> {
            read.add(name);
            return null;
        });
        List<String> listed = new ArrayList<>();
        ZipkinSettings.catalogue()
                .values()
                .forEach(settings -> settings.forEach(setting -> {
                    listed.add(setting.name());
                    listed.addAll(setting.aliases());
                }));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(read);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Settings

                Every setting has one name. It is read as an environment variable, as a Java system property
                (`-DMEM_MAX_SPANS=100000`) and through any other source of MicroProfile Config, in MicroProfile
                Config's order. An empty value counts as not set. A wrong one stops the deployment with its name,
                its value and what is allowed.

                This page is written by a test from the code that reads the settings.
                """);
        for (Map.Entry<String, List<Setting<?>>> concern :
                ZipkinSettings.catalogue().entrySet()) {
            page.append("\n## ").append(concern.getKey()).append("\n\n");
            page.append("| name | default | allowed | meaning |\n|---|---|---|---|\n");
            concern.getValue().forEach(setting -> page.append(row(setting)));
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
