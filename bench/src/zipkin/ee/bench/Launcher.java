package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import zipkin.ee.testing.FolderTree;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.TestServers;

/**
 * How one of the two servers is started: as its user would, with the same settings and JAVA_OPTS as
 * the other.
 */
final class Launcher {
    private final String name;
    private final boolean ee;
    private final Path program;
    private final String jvm;
    private final Map<String, String> storage;
    private final Options options;

    /**
     * @param program a WildFly's folder or the reference's jar
     */
    private Launcher(String name, boolean ee, Path program, String jvm, Map<String, String> storage, Options options) {
        this.name = name;
        this.ee = ee;
        this.program = existing(program).toAbsolutePath();
        this.jvm = jvm;
        this.storage = storage;
        this.options = options;
    }

    /** The configured WildFly that {@code mvn package} leaves in target/server. */
    static Launcher zipkinEe(String name, String jvm, Map<String, String> storage, Options options) {
        return zipkinEe(name, options.home(), jvm, storage, options);
    }

    /** Such a WildFly in another folder, with another commit of Zipkin EE. */
    static Launcher zipkinEe(String name, Path home, String jvm, Map<String, String> storage, Options options) {
        return new Launcher(name, true, home, jvm, storage, options);
    }

    /** The published {@code zipkin-server} exec jar, which is fetched when there is no other. */
    static Launcher reference(String name, String jvm, Map<String, String> storage, Options options) {
        Path jar = options.reference().isEmpty() ? TestServers.file("reference") : Path.of(options.reference());
        return new Launcher(name, false, jar, jvm, storage, options);
    }

    String name() {
        return name;
    }

    Server start() {
        return start(Map.of());
    }

    /**
     * Starts a server and waits until /health answers 200. Files are copied before the clock
     * starts.
     */
    Server start(Map<String, String> transport) {
        try {
            Path directory = Program.newDirectory(options, "server-");
            int port = FreePort.find();
            return ee ? startEe(directory, port, transport) : startReference(directory, port, transport);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    private Server startReference(Path directory, int port, Map<String, String> transport) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("java");
        builder.command().addAll(List.of(jvm.split(" ")));
        builder.command().addAll(List.of("-jar", program.toString()));
        return launch(builder, Map.of("QUERY_PORT", Integer.toString(port)), transport, directory, port);
    }

    private Server startEe(Path directory, int port, Map<String, String> transport) throws IOException {
        FolderTree.copy(program.resolve("standalone"), directory);
        ProcessBuilder builder = new ProcessBuilder(
                program.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + directory,
                "-b=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + FreePort.find(),
                "-Djboss.management.http.port=" + FreePort.find(),
                "-DCOLLECTOR_OTLP_LISTENERS=false");
        return launch(
                builder,
                Map.of("JAVA_OPTS", jvm, "LAUNCH_JBOSS_IN_BACKGROUND", "true", "JBOSS_HOME", program.toString()),
                transport,
                directory,
                port);
    }

    private Server launch(
            ProcessBuilder builder,
            Map<String, String> environment,
            Map<String, String> transport,
            Path directory,
            int port)
            throws IOException {
        builder.environment().keySet().removeIf(Launcher::isSetting);
        builder.environment().putAll(environment);
        builder.environment().putAll(transport);
        builder.environment().putAll(storage);
        builder.environment().put("MEM_MAX_SPANS", Integer.toString(options.storeSpans()));
        builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile());
        return Server.await(name, builder, directory, port);
    }

    private static boolean isSetting(String variable) {
        return variable.matches(
                "(KAFKA|RABBIT|ACTIVEMQ|JMS|QUERY|STORAGE|MEM|MYSQL|POSTGRES|DEPENDENCY|COLLECTOR|ZIPKIN|SEARCH|STRICT|AUTOCOMPLETE|UI|ES|CASSANDRA)_.*|JAVA_OPTS");
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new MissingException(path + " is missing. Run mvn package -DskipTests, then bench/run");
        }
        return path;
    }
}
