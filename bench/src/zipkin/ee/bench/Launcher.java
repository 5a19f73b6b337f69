package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How one of the two servers is started: as its user would, with the same settings and JAVA_OPTS as the other. */
final class Launcher {
    private final String name;
    private final boolean ee;
    private final String jvm;
    private final Map<String, String> storage;
    private final Options options;

    private Launcher(String name, boolean ee, String jvm, Map<String, String> storage, Options options) {
        this.name = name;
        this.ee = ee;
        this.jvm = jvm;
        this.storage = storage;
        this.options = options;
    }

    /** The configured WildFly that {@code mvn package} leaves in target/server. */
    static Launcher zipkinEe(String name, String jvm, Map<String, String> storage, Options options) {
        return new Launcher(name, true, jvm, storage, options);
    }

    /** The published {@code zipkin-server} exec jar. */
    static Launcher reference(String name, String jvm, Map<String, String> storage, Options options) {
        return new Launcher(name, false, jvm, storage, options);
    }

    String name() {
        return name;
    }

    Server start() {
        return start(Map.of());
    }

    /** Starts a server and waits until /health answers 200. Files are copied before the clock starts. */
    Server start(Map<String, String> transport) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(options.output()), "server-");
            int port = freePort();
            return ee ? startEe(directory, port, transport) : startReference(directory, port, transport);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    private Server startReference(Path directory, int port, Map<String, String> transport) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("java");
        builder.command().addAll(List.of(jvm.split(" ")));
        builder.command().addAll(List.of("-jar", existing(options.reference()).toString()));
        return launch(builder, Map.of("QUERY_PORT", Integer.toString(port)), transport, directory, port);
    }

    private Server startEe(Path directory, int port, Map<String, String> transport) throws IOException {
        Path home = existing(options.home()).toAbsolutePath();
        copy(home.resolve("standalone"), directory);
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + directory.toAbsolutePath(),
                "-b=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + freePort(),
                "-Djboss.management.http.port=" + freePort());
        return launch(
                builder,
                Map.of("JAVA_OPTS", jvm, "LAUNCH_JBOSS_IN_BACKGROUND", "true", "JBOSS_HOME", home.toString()),
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
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile());
        return Server.await(name, builder, directory, port);
    }

    private static boolean isSetting(String variable) {
        return variable.matches(
                "(KAFKA|RABBIT|ACTIVEMQ|JMS|QUERY|STORAGE|MEM|MYSQL|POSTGRES|DEPENDENCY|COLLECTOR|ZIPKIN|SEARCH|STRICT|AUTOCOMPLETE|UI|ES|CASSANDRA)_.*|JAVA_OPTS");
    }

    static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new MissingException(path + " is missing. Run mvn package -DskipTests, then bench/run");
        }
        return path;
    }

    /** A port of 127.0.0.1 that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
