package zipkin.ee.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFetchTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path folder;

    private Path pom;
    private Path servers;

    @BeforeEach
    void setUp() {
        pom = folder.resolve("pom.xml");
        servers = folder.resolve("servers");
    }

    @Test
    void fetch_leavesTheJarsInTheLocalRepository() throws IOException {
        writePom("one");

        List<Path> jars = fetch().jars();

        assertThat(jars).singleElement().satisfies(jar -> {
            assertThat(jar).isRegularFile();
            assertThat(jar.getFileName()).hasToString("jspecify-1.0.0.jar");
        });
        assertThat(names(servers.resolve("any"))).containsExactlyInAnyOrder("class-path", "made-from");
    }

    @Test
    void fetch_again_isDoneOnlyWhenThePomHasChanged() throws IOException {
        writePom("one");
        fetch().jars();
        Path made = servers.resolve("any").resolve("class-path");
        Files.setLastModifiedTime(made, LONG_AGO);

        fetch().jars();
        assertThat(Files.getLastModifiedTime(made)).isEqualTo(LONG_AGO);

        writePom("two");
        fetch().jars();
        assertThat(Files.getLastModifiedTime(made)).isNotEqualTo(LONG_AGO);
    }

    @Test
    void fetch_thatFails_saysInOneLineWhatToDo_andLeavesOnlyItsOutput() throws IOException {
        Files.writeString(pom, "<project/>");

        assertThatThrownBy(() -> fetch().jars())
                .isInstanceOf(IllegalStateException.class)
                .message()
                .matches("Cannot fetch any for tests, see \\Q" + servers.resolve("any.log")
                        + "\\E\\. By hand: \\S+/mvn -B -q -f \\Q" + pom + "\\E .*:build-classpath .*");
        assertThat(names(servers)).containsExactlyInAnyOrder("any.lock", "any.log");
        assertThat(servers.resolve("any.log")).content().contains("ERROR");
    }

    private ServerFetch fetch() {
        return new ServerFetch("any", pom, servers);
    }

    private void writePom(String description) throws IOException {
        Files.writeString(pom, """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>any</groupId>
                  <artifactId>any</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <description>%s</description>
                  <dependencies>
                    <dependency>
                      <groupId>org.jspecify</groupId>
                      <artifactId>jspecify</artifactId>
                      <version>1.0.0</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(description));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
