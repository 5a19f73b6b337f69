package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.testing.ProjectFiles;

/** The libraries in the WAR, in the RARs and in the modules that the build adds to the server. */
class LibrariesIT {
    private static final Pattern VERSIONED = Pattern.compile("(.+?)-([0-9].*)\\.jar");
    private static final List<String> RARS = List.of("zipkin-kafka", "zipkin-pulsar", "zipkin-rabbitmq");

    @Test
    void jars_exceptTheAdaptersOwn_haveTheirVersionInTheirName() throws IOException {
        Set<String> unversioned = new TreeSet<>();
        for (String jar : jars()) {
            if (!VERSIONED.matcher(jar).matches()) {
                unversioned.add(jar);
            }
        }
        assertThat(unversioned).containsExactly("zipkin-kafka.jar", "zipkin-pulsar.jar", "zipkin-rabbitmq.jar");
    }

    /** Without one, WildFly reads every class of a library when it deploys the WAR. */
    @Test
    void librariesOfTheWar_haveAnIndexOfAnnotations() throws IOException {
        List<String> without = new ArrayList<>();
        try (ZipFile war = new ZipFile(ProjectFiles.packaged("zipkin.war").toFile())) {
            for (ZipEntry entry : war.stream().toList()) {
                if (entry.getName().endsWith(".jar") && !hasIndex(war, entry)) {
                    without.add(entry.getName());
                }
            }
        }
        assertThat(without).isEmpty();
    }

    private static boolean hasIndex(ZipFile war, ZipEntry library) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(war.getInputStream(library))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals("META-INF/jandex.idx")) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void library_whereverItIs_hasOneVersion() throws IOException {
        Map<String, Set<String>> several = versions();
        several.values().removeIf(versions -> versions.size() == 1);
        assertThat(several).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"netty-", "jackson-", "micrometer-", "httpcore5", "brave"})
    void family_ofLibraries_hasOneVersion(String prefix) throws IOException {
        Set<String> versions = new TreeSet<>();
        versions().forEach((library, found) -> {
            if (library.startsWith(prefix)) {
                // Annotations of Jackson have no third number.
                found.forEach(version -> versions.add(version.replaceFirst("^([0-9]+\\.[0-9]+)$", "$1.0")));
            }
        });
        assertThat(versions).hasSize(1);
    }

    /** Older ones have published vulnerabilities. */
    @ParameterizedTest
    @CsvSource({
        "amqp-client, 5.33.1",
        "mariadb-java-client, 3.5.10",
        "postgresql, 42.7.12",
        "netty-codec, 4.1.136",
        "netty-handler, 4.1.136",
        "jackson-core, 2.22.2",
        "jackson-databind, 2.22.2",
        "httpclient5, 5.6.4"
    })
    void library_withPublishedVulnerabilities_isNotOlderThanTheirFix(String library, String fixed) throws IOException {
        assertThat(versions().get(library))
                .hasSize(1)
                .allMatch(version -> Arrays.compare(numbers(version), numbers(fixed)) >= 0);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .filter(part -> part.matches("[0-9]+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static Map<String, Set<String>> versions() throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (String jar : jars()) {
            Matcher matcher = VERSIONED.matcher(jar);
            if (matcher.matches()) {
                versions.computeIfAbsent(matcher.group(1), name -> new HashSet<>())
                        .add(matcher.group(2));
            }
        }
        return versions;
    }

    private static List<String> jars() throws IOException {
        List<String> jars = new ArrayList<>();
        addJarsIn(ProjectFiles.packaged("zipkin.war"), jars);
        for (String rar : RARS) {
            addJarsIn(ProjectFiles.packaged(rar + ".rar"), jars);
        }
        Path modules = ProjectFiles.packaged("server").resolve(Path.of("modules", "zipkin"));
        try (Stream<Path> files = Files.walk(modules)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(jars::add);
        }
        return jars;
    }

    private static void addJarsIn(Path archive, List<String> jars) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1))
                    .forEach(jars::add);
        }
    }
}
