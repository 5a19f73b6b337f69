package zipkin.ee.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/**
 * Comments and pages end at column 100 and code at column 120. A line may be longer when it cannot
 * be broken: a link, a row of a table, a text that would have to be cut within a word, a command.
 */
class LineLengthTest {
    private static final int PROSE = 100;
    private static final int CODE = 120;
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*\\*|\\*|//).*");
    private static final Pattern PAGE_WITHOUT_PROSE =
            Pattern.compile("\\s*([|#<]|!\\[|\\[[^\\]]+\\]: ).*| {4,}\\S.*|\\s*\\S+");
    private static final Pattern UNBREAKABLE = Pattern.compile("(\\s*\\*\\s+)?(<a )?href=\\S+.*|[^\"]*\"[^ ]*\".*");

    @Test
    void comments_ofAllSources_endAtColumn100() {
        assertThat(longLines("*.java", line -> COMMENT.matcher(line).matches(), PROSE))
                .isEmpty();
    }

    @Test
    void code_ofTheProduct_endsAtColumn120() {
        assertThat(longLines(
                        "*src/main/java/*.java", line -> !COMMENT.matcher(line).matches(), CODE))
                .isEmpty();
    }

    @Test
    void prose_ofAllPages_endsAtColumn100() {
        assertThat(longLines("*.md", line -> !PAGE_WITHOUT_PROSE.matcher(line).matches(), PROSE))
                .isEmpty();
    }

    @Test
    void line_thatIsTooLong_isFound() {
        assertThat(isTooLong("// " + "word ".repeat(30), PROSE)).isTrue();
        assertThat(isTooLong(" * href=\"https://example.com/" + "x".repeat(100) + "\">", PROSE))
                .isFalse();
    }

    private interface Kind {
        boolean includes(String line);
    }

    private static List<String> longLines(String pattern, Kind kind, int columns) {
        List<String> found = new ArrayList<>();
        for (Path file : tracked(pattern)) {
            List<String> lines = lines(file);
            boolean isProse = true;
            for (int i = 0; i < lines.size(); i++) {
                isProse ^= lines.get(i).strip().startsWith("```");
                if (isProse && kind.includes(lines.get(i)) && isTooLong(lines.get(i), columns)) {
                    found.add(file.getFileName() + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    private static boolean isTooLong(String line, int columns) {
        return line.codePointCount(0, line.length()) > columns
                && !UNBREAKABLE.matcher(line).matches();
    }

    private static List<Path> tracked(String pattern) {
        Path root = ProjectFiles.of("");
        List<String> command = List.of("git", "-C", root.toString(), "ls-files", "--", pattern);
        List<Path> files = Programs.run(ProjectFiles.newFolder("git"), Duration.ofMinutes(1), command)
                .lines()
                .map(root::resolve)
                .filter(Files::exists)
                .toList();
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
