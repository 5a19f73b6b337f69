package zipkin.ee.testing;

import java.io.File;
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
import java.util.regex.Pattern;
import org.jboss.dmr.ModelNode;

/**
 * WildFly, as {@code mvn package} leaves it in {@code target/server}. Each start works on a copy of
 * the server's {@code standalone} directory, so servers do not see each other.
 */
public final class WildFlyServer extends ZipkinEeServer {
    /** A setting whose words are further options of the server's JVM. */
    public static final String JAVA_OPTS = "JAVA_OPTS";

    /** Base directories that differ from the build's by operations; made once for all tests. */
    private static final Map<String, Path> PREPARED = new ConcurrentHashMap<>();

    private static final Duration RELOAD_LIMIT = Duration.ofMinutes(2);
    /** Started, with errors or without. */
    private static final Pattern STARTED = Pattern.compile("WFLYSRV002[56]");

    private final List<String> command;
    private final Map<String, String> environment;
    private final int managementPort;
    private final Path base;
    private final WildFlyManagement management;

    private WildFlyServer(
            List<String> command,
            Map<String, String> environment,
            Path base,
            int port,
            int managementPort,
            WildFlyManagement management) {
        super("Zipkin EE on WildFly", command, environment, base.resolve("console.log"), port);
        this.command = command;
        this.environment = environment;
        this.managementPort = managementPort;
        this.base = base;
        this.management = management;
    }

    /**
     * Starts the configured server with {@code settings} as its environment and waits until it is
     * healthy.
     */
    public static WildFlyServer start(Map<String, String> settings) {
        WildFlyServer server = launch(settings);
        server.awaitHealthy("/health");
        return server;
    }

    /** The same with further operations of the command line interface done before, offline. */
    public static WildFlyServer start(Map<String, String> settings, String operations) {
        return launch(settings, operations).awaitHealthy();
    }

    /** The same, without waiting. */
    public static WildFlyServer launch(Map<String, String> settings, String operations) {
        return operations.isEmpty()
                ? launch(settings)
                : launch(home(), PREPARED.computeIfAbsent(operations, WildFlyServer::prepare), settings, List.of());
    }

    /** Starts the configured server with {@code settings} as its environment, and does not wait. */
    public static WildFlyServer launch(Map<String, String> settings) {
        return launch(home(), settings, List.of());
    }

    /**
     * Starts the configured server with settings that {@link #reload} can replace, unlike those of
     * its environment, and does not wait.
     */
    static WildFlyServer launchReloadable(Map<String, String> settings) {
        try {
            Path base = ProjectFiles.newFolder("standalone");
            FolderTree.copy(home().resolve("standalone"), base);
            Path file = base.resolve("configuration").resolve("standalone.xml");
            String configuration = Files.readString(file);
            boolean hasProperties = configuration.contains("<system-properties>");
            String before = hasProperties ? "<system-properties>" : "</extensions>";
            StringBuilder properties = new StringBuilder(hasProperties ? before : before + "<system-properties>");
            settings.forEach((name, value) -> properties
                    .append("<property name=\"")
                    .append(name)
                    .append("\" value=\"")
                    .append(value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                    .append("\"/>"));
            properties.append(hasProperties ? "" : "</system-properties>");
            Files.writeString(file, configuration.replace(before, properties));
            WildFlyServer server = launch(home(), base, Map.of(), List.of());
            server.management.began(settings.keySet());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the configured server with another trust store, and does not wait. */
    static WildFlyServer launchTrusting(Path trustStore, Map<String, String> settings) {
        return launch(with(
                settings,
                Map.of(
                        JAVA_OPTS,
                        "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=changeit")));
    }

    /** Starts an untouched WildFly with the WAR in its deployments folder, and does not wait. */
    public static WildFlyServer launchUntouched(Map<String, String> settings) {
        return launchUntouched(settings, war());
    }

    /** The same with another WAR; it has to be called {@code zipkin.war}. */
    public static WildFlyServer launchUntouched(Map<String, String> settings, Path war) {
        return launch(untouchedHome(), settings, List.of(war));
    }

    /**
     * The home of the configured server, which holds {@code bin/jboss-cli.sh}: the system property
     * {@code zipkin.server.home}, or what {@code mvn package} leaves.
     */
    public static Path home() {
        String given = System.getProperty("zipkin.server.home");
        return given == null ? ProjectFiles.packaged("server") : Path.of(given);
    }

    /** The home of an untouched WildFly. */
    public static Path untouchedHome() {
        return TestServers.home("wildfly-untouched");
    }

    /**
     * Settings with which an untouched WildFly finds the drivers of the build beside its own
     * modules.
     */
    public static Map<String, String> withDrivers(Map<String, String> settings) {
        Map<String, String> extended = new HashMap<>(settings);
        extended.put(
                "JBOSS_MODULEPATH",
                untouchedHome().resolve("modules") + File.pathSeparator + ProjectFiles.packaged("wildfly-modules"));
        return extended;
    }

    private static Path prepare(String operations) {
        try {
            Path base = ProjectFiles.newFolder("standalone");
            FolderTree.copy(home().resolve("standalone"), base);
            Path script = Files.writeString(
                    base.resolve("prepare.cli"),
                    "embed-server --server-config=standalone.xml\n" + operations + "\nstop-embedded-server\n");
            cli(base, "-Djboss.server.base.dir=" + base, "--file=" + script);
            return base;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WildFlyServer launch(Path home, Map<String, String> settings, List<Path> deployments) {
        return launch(home, home.resolve("standalone"), settings, deployments);
    }

    private static WildFlyServer launch(
            Path home, Path standalone, Map<String, String> settings, List<Path> deployments) {
        try {
            Path base = ProjectFiles.newFolder("standalone");
            FolderTree.copy(standalone, base);
            for (Path deployment : deployments) {
                Files.copy(
                        deployment,
                        base.resolve("deployments")
                                .resolve(deployment.getFileName().toString()));
            }
            int port = freePort();
            int managementPort = freePort();
            List<String> command = new ArrayList<>();
            command.add(home.resolve("bin").resolve("standalone.sh").toString());
            command.add("-Djboss.server.base.dir=" + base);
            command.add("-b=127.0.0.1");
            command.add("-Djboss.http.port=" + port);
            command.add("-Djboss.https.port=" + freePort());
            command.add("-Djboss.management.http.port=" + managementPort);
            Map<String, String> environment = withOtlpPorts(settings);
            environment.merge(
                    JAVA_OPTS,
                    "-Xmx512m -XX:+UseSerialGC " + QUICK_START + " -Djava.net.preferIPv4Stack=true",
                    (added, usual) -> usual + " " + added);
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("JBOSS_HOME", home.toAbsolutePath().toString());
            return new WildFlyServer(
                    command, environment, base, port, managementPort, new WildFlyManagement(managementPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public WildFlyServer killAndRestart(Map<String, String> changed) {
        close();
        return new WildFlyServer(
                command, with(environment, changed), base, uri().getPort(), managementPort, management);
    }

    /**
     * Deploys Zipkin again, with settings that come before those of the environment and stay until
     * the next redeployment; an empty value takes one of the environment away. A tenth of a start.
     * For settings that the application reads; {@link #reload} also changes those of the server's
     * parts.
     *
     * @throws IllegalStateException with the server's reason, when Zipkin could not be deployed; it
     *     can be redeployed with better settings
     */
    public WildFlyServer redeploy(Map<String, String> settings) {
        management.redeploy(settings);
        return this;
    }

    /**
     * The same for settings of data sources, ports and resource adapters too: the server stops and
     * starts all that it consists of, in the same process.
     */
    public WildFlyServer reload(Map<String, String> settings) {
        restartServices(settings);
        List<ModelNode> errors = management.bootErrors();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("Reloaded with errors: " + errors);
        }
        return this;
    }

    /** {@link #reload} that ends in the same way whether Zipkin could be deployed or not. */
    void restartServices(Map<String, String> settings) {
        int before = starts(log());
        management.reload(settings);
        Await.value("the reloaded server", RELOAD_LIMIT, this::log, log -> starts(log) > before);
    }

    private static int starts(String log) {
        return STARTED.split(log, -1).length - 1;
    }

    @Override
    boolean isDeployed(String log) {
        return log.contains("WFLYSRV0025"); // started
    }

    @Override
    boolean isFailed(String log) {
        return log.contains("WFLYSRV0026"); // started, with errors
    }

    /**
     * Without what Undertow calls an error: that a client left before its answer, as tests on a
     * slow machine do.
     */
    @Override
    public List<String> errors() {
        return log().lines()
                .filter(line -> line.contains("ERROR") && !line.contains("UT005088"))
                .toList();
    }

    /** The port of its management interface. */
    public int managementPort() {
        return managementPort;
    }

    /** The server's base directory, a copy: it holds configuration, deployments, log. */
    public Path base() {
        return base;
    }

    /** What the running server has written down as its configuration. */
    public String configuration() throws IOException {
        return Files.readString(base.resolve("configuration").resolve("standalone.xml"));
    }

    /**
     * What the running server's command line interface prints for {@code argument}; fails when a
     * command does, since it ends with 1 then.
     */
    public String cli(String argument) {
        return cli(
                base,
                "",
                "--connect",
                "--timeout=60000", // of a connection, also after a reload
                "--controller=127.0.0.1:" + managementPort,
                argument);
    }

    private static String cli(Path folder, String javaOption, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                JAVA_OPTS + "=-XX:+UseSerialGC " + QUICK_START + " " + javaOption,
                home().toAbsolutePath().resolve("bin").resolve("jboss-cli.sh").toString()));
        command.addAll(List.of(arguments));
        return Programs.run(folder, Duration.ofMinutes(2), command);
    }

    @Override
    public WildFlyServer awaitHealthy() {
        awaitHealthy("/health");
        return this;
    }
}
