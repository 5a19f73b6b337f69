package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An untouched Payara Server, to which only the jars of drivers are added. Domains are copies
 * elsewhere.
 *
 * @param kind payara6 or payara7
 * @param folder holds {@code bin/asadmin}
 * @param java home of the JDK it runs on
 */
record PayaraHome(String kind, Path folder, Path java) {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Path SCRIPTS = ProjectFiles.of("server-config", "payara");
    /**
     * Domains that the scripts of server-config made a Zipkin server; one for all tests of a kind.
     */
    private static final Map<PayaraHome, Path> CONFIGURED = new ConcurrentHashMap<>();

    private static final Pattern PORT = Pattern.compile("(port=\")(\\d+)(\")");

    /**
     * Properties of the server that hold a port; those of its template for other servers are alike,
     * and not used.
     */
    private static final Pattern PORT_PROPERTY =
            Pattern.compile("(<system-property(?=[^>]*_PORT)[^>]*value=\")(\\d+)(\"[^>]*>)");

    static PayaraHome of(String kind) {
        Path folder = TestServers.home(kind);
        return new PayaraHome(
                kind, folder, kind.equals("payara6") ? Path.of(System.getProperty("java.home")) : NewerJava.home());
    }

    /**
     * A new folder with the domain {@code domain1}, configured by the scripts, with ports of its
     * own.
     */
    PayaraDomain newDomain() {
        Path configured = CONFIGURED.computeIfAbsent(this, PayaraHome::configure);
        return domain(configured);
    }

    /** The same as Payara comes, but for its ports. */
    PayaraDomain newUntouchedDomain() {
        return domain(folder.resolve("glassfish").resolve("domains").resolve("domain1"));
    }

    private PayaraDomain domain(Path from) {
        try {
            Path domains = ProjectFiles.newFolder(kind);
            Path domain = domains.resolve("domain1");
            Files.createDirectories(domain);
            FolderTree.copy(from, domain);
            Map<Integer, Integer> ports = givePorts(domain.resolve("config").resolve("domain.xml"));
            return new PayaraDomain(
                    this,
                    domains,
                    ports.getOrDefault(8080, 0),
                    PayaraDomain.adminPort(domain),
                    PayaraDomain.brokerPort(domain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives each port in the server's own configuration a free one; the same again for the same.
     */
    private static Map<Integer, Integer> givePorts(Path domainXml) throws IOException {
        String text = Files.readString(domainXml);
        Map<Integer, Integer> given = new HashMap<>();
        for (Pattern pattern : List.of(PORT, PORT_PROPERTY)) {
            text = pattern.matcher(text).replaceAll(match -> {
                int port = given.computeIfAbsent(Integer.valueOf(match.group(2)), any -> ServerProcess.freePort());
                return Matcher.quoteReplacement(match.group(1) + port + match.group(3));
            });
        }
        Files.writeString(domainXml, text);
        return given;
    }

    private Path configure() {
        PayaraDomain domain = newUntouchedDomain();
        try (PayaraServer server = PayaraServer.launch(domain, Map.of(), domain.httpPort())) {
            server.awaitAdmin();
            Path target = ZipkinEeServer.war().resolveSibling("");
            domain.script("zipkin.sh", ZipkinEeServer.war().toString());
            domain.script("datasources.sh", "postgresql", driver("postgresql"));
            domain.script("datasources.sh", "mysql", driver("mariadb"));
            domain.script("datasources.sh", "h2");
            domain.script("messaging.sh", target.toString());
            domain.asadmin("stop-domain", "--domaindir", domain.domains().toString());
        }
        return domain.folder();
    }

    /** The JDBC driver that the build fetched: mariadb or postgresql. */
    static String driver(String database) {
        Path module = ProjectFiles.packaged("wildfly-modules").resolve(Path.of("zipkin", "jdbc", database, "main"));
        try (Stream<Path> files = Files.list(module)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No driver in " + module + ". Run: mvn package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code asadmin} prints; fails when it fails. */
    String asadmin(int adminPort, List<String> arguments) {
        List<String> command = new ArrayList<>(environment());
        command.add(folder.resolve("bin").resolve("asadmin").toString());
        if (adminPort != 0) {
            command.addAll(List.of("--port", Integer.toString(adminPort)));
        }
        command.addAll(arguments);
        return Programs.run(ProjectFiles.of("target", "it-servers"), LIMIT, command);
    }

    /** What a script of server-config/payara prints; fails when it fails. */
    String script(PayaraDomain domain, String name, List<String> arguments) {
        List<String> command = new ArrayList<>(environment());
        command.add("PAYARA_HOME=" + folder);
        command.add("ASADMIN_OPTIONS=--port " + domain.adminPort());
        command.add("ZIPKIN_FOLDER=" + domain.domains().resolve("zipkin"));
        command.add(SCRIPTS.resolve(name).toString());
        command.addAll(arguments);
        return Programs.run(domain.domains(), LIMIT, command);
    }

    private List<String> environment() {
        return List.of("env", "AS_JAVA=" + java, "JAVA_HOME=" + java);
    }
}
