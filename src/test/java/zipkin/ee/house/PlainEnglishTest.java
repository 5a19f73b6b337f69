package zipkin.ee.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/** Words and phrases that read as translated or archaic are in no source, page or script. */
class PlainEnglishTest {
    private static final Pattern UNWANTED = Pattern.compile(
            "\\b(told|untold|tells|tells? of|anew|whence|as it comes|no object a)\\b|(?<!_OF)(?<!_IN)_A_[A-Z]",
            Pattern.CASE_INSENSITIVE);

    @Test
    void unwantedWords_areNowhere() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : tracked()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (UNWANTED.matcher(lines.get(i)).find()) {
                    found.add(file.getFileName() + ":" + (i + 1) + " "
                            + lines.get(i).strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void unwantedWord_inALine_isFound() {
        assertThat(UNWANTED.matcher("The operator is told once").find()).isTrue();
        assertThat(UNWANTED.matcher("HITS_A_TRACE").find()).isTrue();
        assertThat(UNWANTED.matcher("A stolen retold thing").find()).isFalse();
    }

    private static List<Path> tracked() {
        Path root = ProjectFiles.of("");
        List<String> command = List.of(
                "git", "-C", root.toString(), "ls-files", "--", "*.java", "*.md", "*.xml", "*.cli", "*.sh", "*.conf");
        Stream<String> names = Programs.run(ProjectFiles.newFolder("git"), Duration.ofMinutes(1), command)
                .lines();
        List<Path> files = names.filter(name -> !name.endsWith("PlainEnglishTest.java"))
                .map(root::resolve)
                .filter(Files::exists)
                .toList();
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }
}
