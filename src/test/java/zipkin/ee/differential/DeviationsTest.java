package zipkin.ee.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code's list of deviations and the page that users read together. */
class DeviationsTest {
    private static final Path PAGE = Path.of("docs", "compatibility.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z0-9-]+) \\|.*\\|.*\\|.*\\| [^|]+ \\|$");

    @Test
    void deviations_eachOne_hasItsRowOnThePage() throws IOException {
        Set<String> inCode = Stream.of(
                        Deviations.all(), Deviations.ofSql(), Deviations.ofLenientSql(), Deviations.ofPayara())
                .flatMap(List::stream)
                .map(Deviation::id)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows()).isEqualTo(inCode);
    }

    private static Set<String> rows() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("## Deliberate deviations");
        int to = page.indexOf("## Deviations that the test cannot provoke");
        Set<String> rows = new TreeSet<>();
        Matcher matcher = ROW.matcher(page.substring(from, to));
        while (matcher.find()) {
            rows.add(matcher.group(1));
        }
        rows.remove("id");
        return rows;
    }
}
