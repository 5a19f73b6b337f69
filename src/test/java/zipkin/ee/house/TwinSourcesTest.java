package zipkin.ee.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.testing.ProjectFiles;

/** Classes that the WAR and the resource adapters both need, which can't share any. */
class TwinSourcesTest {
    @ParameterizedTest
    @CsvSource({
        "text, LogText",
        "text, LoggedError",
        "text, SafeLogger",
        "text, SecretMask",
        "concurrent, RetryPolicy",
        "fault, DeadLetterHeaders",
        "fault, DeadLetterLog",
        "config, SettingText",
        "config, BrokerAddresses"
    })
    void source_inTheConnectors_isThatOfTheWar(String ofPackage, String name) throws IOException {
        String ofWar =
                Files.readString(ProjectFiles.of("src", "main", "java", "zipkin", "ee", ofPackage, name + ".java"));
        assertThat(ProjectFiles.of("connectors", "core", "src", "main", "java", "zipkin", "ee", "connector")
                        .resolve(name + ".java"))
                .hasContent(ofWar.replace("package zipkin.ee." + ofPackage + ";", "package zipkin.ee.connector;")
                        .replaceAll("import zipkin\\.ee\\.text\\.\\w+;\n", ""));
    }
}
