package zipkin.ee.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Prints the ten test classes of a build that took longest, and how many application servers were
 * started. The build runs it after the integration tests.
 */
public final class SlowestTests {
    private static final int SHOWN = 10;
    private static final PathMatcher REPORT =
            FileSystems.getDefault().getPathMatcher("glob:**/target/*-reports/TEST-*.xml");

    private record ClassTime(String name, double seconds) {}

    private SlowestTests() {}

    public static void main(String[] arguments) throws IOException, XMLStreamException {
        List<ClassTime> times = new ArrayList<>();
        for (Path report : reports()) {
            times.add(read(report));
        }
        times.sort(Comparator.comparingDouble(ClassTime::seconds).reversed());
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d test classes; %d starts of an application server. The slowest classes:%n",
                times.size(),
                ServerStarts.count()));
        times.stream()
                .limit(SHOWN)
                .forEach(time -> text.append(String.format(Locale.ROOT, "%8.1f s  %s%n", time.seconds, time.name)));
        System.out.print(text);
    }

    /** The reports of the WAR's tests and of the connectors'. */
    private static List<Path> reports() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> own = Files.find(ProjectFiles.of("target"), 2, (path, a) -> REPORT.matches(path));
                Stream<Path> connectors =
                        Files.find(ProjectFiles.of("connectors"), 4, (path, a) -> REPORT.matches(path))) {
            own.forEach(found::add);
            connectors.forEach(found::add);
        }
        return found;
    }

    private static ClassTime read(Path report) throws IOException, XMLStreamException {
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(in);
            xml.nextTag();
            return new ClassTime(
                    xml.getAttributeValue(null, "name"), Double.parseDouble(xml.getAttributeValue(null, "time")));
        }
    }
}
