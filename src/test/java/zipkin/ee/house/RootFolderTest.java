package zipkin.ee.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/**
 * What is at the root of the project. Run again after the integration tests, it shows what a
 * program of theirs left there.
 */
class RootFolderTest {
    @Test
    void trackedNames_areThoseThatBelongThere() {
        assertThat(git("ls-files").map(name -> name.replaceFirst("/.*", "")).distinct())
                .containsExactlyInAnyOrder(
                        ".ci",
                        ".gitignore",
                        ".mvn",
                        "ARCHITECTURE.md",
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "NOTICE",
                        "README.md",
                        "bench",
                        "build",
                        "connectors",
                        "docs",
                        "pom.xml",
                        "server-config",
                        "src");
    }

    /**
     * Of a folder without a tracked file git names only the folder; new files of source folders are
     * nobody's leavings.
     */
    @Test
    void untrackedNames_areNone() {
        assertThat(git("status", "--porcelain").filter(line -> line.matches("\\?\\? [^/]+/?")))
                .isEmpty();
    }

    private static Stream<String> git(String... arguments) {
        Path root = ProjectFiles.of("");
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        return Programs.run(ProjectFiles.newFolder("git"), Duration.ofMinutes(1), command)
                .lines();
    }
}
