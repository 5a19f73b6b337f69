package zipkin.ee.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.DeploymentSpan;
import zipkin.ee.testing.MavenCommand;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * What people get who do not build. The build starts this class with {@code zipkin.server.home}
 * below the folder that the zip is unpacked into, so {@link WildFlyServer} is the server from the
 * zip.
 */
@Tag("distribution")
class DistributionIT {
    private static final long MAX_UNPACKED_BYTES = 250_000_000;
    private static final Path FOLDER = ProjectFiles.packaged("distribution");
    private static final Pattern REQUIRED =
            Pattern.compile("<module\\b(?![^>]*optional=\"true\")[^>]*\\sname=\"([^\"]+)\"|target-name=\"([^\"]+)\"");
    private static final Pattern OWN_NAME = Pattern.compile("<module\\b[^>]*\\sname=\"([^\"]+)\"");

    @BeforeAll
    static void unpack() throws IOException {
        Path home = Path.of(System.getProperty("zipkin.server.home"));
        Archives.deleteFolder(home);
        Archives.unpack(zip(), home.resolveSibling(""));
    }

    @Test
    void sums_ofAllFiles_areThoseThatTheFilesHave() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("SHA256SUMS")))
                .containsExactlyElementsOf(Archives.files(FOLDER).stream()
                        .filter(file -> !file.equals("SHA256SUMS"))
                        .map(file -> Archives.sha256(FOLDER.resolve(file)) + "  " + file)
                        .toList());
        Path somewhere = ProjectFiles.newFolder("sums");
        Programs.run(
                somewhere,
                Duration.ofMinutes(1),
                List.of("env", "--chdir=" + FOLDER.toAbsolutePath(), "sha256sum", "--check", "--quiet", "SHA256SUMS"));
    }

    /** Builds the commit again, in a clone. */
    @Test
    void secondBuild_ofTheCommit_hasTheSameBytes() throws IOException {
        Path parent = ProjectFiles.newFolder("second-build");
        Path clone = parent.resolve("clone");
        Duration limit = Duration.ofMinutes(10);
        assertThat(Programs.run(
                        parent, limit, List.of("git", "-C", ProjectFiles.of("").toString(), "status", "--porcelain")))
                .as("what is not committed; the second build does not have it")
                .isEmpty();
        Programs.run(
                parent, limit, List.of("git", "clone", "-q", ProjectFiles.of("").toString(), clone.toString()));
        List<String> build = MavenCommand.of(
                "-f",
                clone.resolve("pom.xml").toString(),
                "package",
                "-Pdistribution",
                "-DskipTests",
                "-DfastBoot=false");
        Programs.run(clone, limit, build);

        assertThat(clone.resolve("target/distribution/SHA256SUMS"))
                .hasSameTextualContentAs(FOLDER.resolve("SHA256SUMS"));
    }

    @Test
    void folder_holdsZipWarRarsBillsAndLicences_only() throws IOException {
        String zip = zip().getFileName().toString();
        Stream<String> archives =
                Stream.of("zipkin.war", "zipkin-kafka.rar", "zipkin-pulsar.rar", "zipkin-rabbitmq.rar", zip);
        assertThat(Archives.files(FOLDER).stream().filter(file -> !file.startsWith("licenses/")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                archives.flatMap(archive -> Stream.of(archive, archive + ".cdx.json")),
                                Stream.of("LICENSE", "NOTICE", "SHA256SUMS"))
                        .toList());
    }

    @Test
    void zip_unpacked_isOneFolderOfLessThan250Megabytes() throws IOException {
        assertThat(Archives.entries(zip()))
                .allMatch(file -> file.startsWith(WildFlyServer.home().getFileName() + "/"));
        long bytes = 0;
        for (String file : Archives.files(WildFlyServer.home())) {
            bytes += Files.size(WildFlyServer.home().resolve(file));
        }
        assertThat(bytes).isLessThan(MAX_UNPACKED_BYTES);
    }

    @Test
    void scripts_unpacked_areExecutable() throws IOException {
        Set<String> scripts = Archives.files(WildFlyServer.home()).stream()
                .filter(file -> file.endsWith(".sh"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(scripts)
                .contains("bin/standalone.sh", "bin/jboss-cli.sh", "server-config/wildfly/fast-boot.sh")
                .allMatch(script -> Files.isExecutable(WildFlyServer.home().resolve(script)));
    }

    /** What is left out leaves no module without one that it must have. */
    @Test
    void modules_thatAreKept_haveAllThatTheyRequire() throws IOException {
        Set<String> all = modules(ProjectFiles.packaged("server")).keySet();
        Map<String, String> kept = modules(WildFlyServer.home());
        Set<String> missing = new HashSet<>();
        kept.values().forEach(text -> REQUIRED.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(name -> all.contains(name) && !kept.containsKey(name))
                .forEach(missing::add));
        assertThat(missing).isEmpty();
        assertThat(kept).hasSizeLessThan(all.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipkin.war", "zipkin-kafka.rar", "zipkin-rabbitmq.rar", "zipkin-pulsar.rar"})
    void bill_ofAnArchive_namesEveryJarInside(String archive) throws IOException {
        Map<String, String> jars = Archives.jarSums(FOLDER.resolve(archive));
        jars.keySet().removeIf(jar -> jar.equals(archive.replace(".rar", ".jar")));
        assertThat(billed(archive)).containsExactlyInAnyOrderElementsOf(new TreeSet<>(jars.values()));
    }

    @Test
    void bill_ofTheZip_namesEveryJarInside() throws IOException {
        Path home = WildFlyServer.home();
        Set<String> jars = Archives.files(home).stream()
                .filter(file -> file.endsWith(".jar"))
                .map(file -> Archives.sha256(home.resolve(file)))
                .collect(Collectors.toSet());
        for (String archive : List.of("zipkin.war", "zipkin-kafka.rar", "zipkin-rabbitmq.rar", "zipkin-pulsar.rar")) {
            jars.addAll(billed(archive));
        }
        assertThat(billed(zip().getFileName().toString())).containsExactlyInAnyOrderElementsOf(jars);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipkin.war", "zipkin-kafka.rar", "zipkin-rabbitmq.rar", "zipkin-pulsar.rar"})
    void archive_holdsLicenceNoticeAndTexts(String archive) throws IOException {
        assertThat(Archives.entries(FOLDER.resolve(archive)))
                .contains("META-INF/LICENSE", "META-INF/NOTICE")
                .containsAll(Archives.files(FOLDER.resolve("licenses")).stream()
                        .map(text -> "META-INF/licenses/" + text)
                        .toList());
    }

    @Test
    void warAndRars_shareNoClass() throws IOException {
        Set<String> inWar = Archives.ownClasses(FOLDER.resolve("zipkin.war"));
        assertThat(inWar).isNotEmpty();
        for (String rar : List.of("zipkin-kafka.rar", "zipkin-rabbitmq.rar", "zipkin-pulsar.rar")) {
            assertThat(Archives.ownClasses(FOLDER.resolve(rar))).isNotEmpty().doesNotContainAnyElementsOf(inWar);
        }
    }

    /** With the journal a span goes through the server's own JMS broker before it is stored. */
    @Test
    void server_fromTheZip_storesSpansThroughJmsAndEndsCleanly() {
        Span span = DeploymentSpan.of("distribution");
        try (WildFlyServer server = WildFlyServer.start(Map.of("COLLECTOR_HTTP_JOURNAL", "jms"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            assertThat(zipkin.get("/zipkin/").body()).contains("<base href=\"/zipkin/\"");

            zipkin.report(List.of(span));

            assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span);
            assertThat(zipkin.get("/api/v2/services").body()).isEqualTo("[\"distribution\"]");
            Await.value("the start-up screen", server::log, log -> log.matches("(?s).*\\bjms +on\\b.*"));
            assertThat(server.errors()).isEmpty();

            server.cli("--command=shutdown");
            Await.value("the end", server::isAlive, alive -> !alive);
            assertThat(server.log()).contains("WFLYSRV0050");
            // A repeated task that is due while the server stops is refused by WildFly, with this
            // error.
            assertThat(server.errors()).allMatch(line -> line.contains("WFLYEE0110: Failed to run scheduled task"));
        }
    }

    private static Path zip() throws IOException {
        List<String> zips = Archives.files(FOLDER).stream()
                .filter(file -> file.endsWith(".zip"))
                .toList();
        assertThat(zips).hasSize(1);
        return FOLDER.resolve(zips.get(0));
    }

    /** The texts of all module.xml below {@code home}, by the name of the module. */
    private static Map<String, String> modules(Path home) throws IOException {
        Path root = home.resolve("modules");
        return Archives.files(root).stream()
                .filter(file -> file.endsWith("/module.xml"))
                .map(file -> Archives.text(root.resolve(file)))
                .collect(Collectors.toMap(DistributionIT::ownName, text -> text));
    }

    private static String ownName(String module) {
        Matcher name = OWN_NAME.matcher(module);
        assertThat(name.find()).as(module).isTrue();
        return name.group(1);
    }

    /** The sums of the jars that the bill of {@code archive} names. */
    private static Set<String> billed(String archive) throws IOException {
        JsonNode bill = new ObjectMapper()
                .readTree(FOLDER.resolve(archive + ".cdx.json").toFile());
        return StreamSupport.stream(bill.get("components").spliterator(), false)
                .flatMap(component ->
                        StreamSupport.stream(component.path("hashes").spliterator(), false))
                .map(hash -> hash.get("content").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
