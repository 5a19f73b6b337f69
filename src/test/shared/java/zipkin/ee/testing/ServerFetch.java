package zipkin.ee.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Fetches one of the {@link TestServers} by the Maven that runs the build, else by that of this
 * machine.
 */
final class ServerFetch {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
    /** Maven runs for a second or two: what it needs is not worth being compiled twice. */
    private static final String MAVEN_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String CLASS_PATH = "class-path";
    private static final String HOME = "home";

    private final String name;
    private final Path pom;
    private final MadeFolder folder;

    ServerFetch(String name) {
        this(name, TestServers.source(name, "pom.xml"), ProjectFiles.of("target", "servers"));
    }

    /**
     * @param servers gets the folder of that name
     */
    ServerFetch(String name, Path pom, Path servers) {
        this.name = name;
        this.pom = pom;
        this.folder = new MadeFolder(servers.resolve(name), List.of(pom));
    }

    /** The jars are where Maven has them, so they may have gone from there. */
    List<Path> jars() {
        folder.ensure(made -> readJars(made).stream().allMatch(Files::exists), this::resolve);
        return readJars(folder.path());
    }

    Path home() {
        folder.ensure(made -> Files.isDirectory(made.resolve(HOME)), made -> {
            resolve(made);
            Archive.unpack(readJars(made).get(0), made.resolve(HOME));
        });
        return folder.path().resolve(HOME);
    }

    private void resolve(Path made) throws IOException {
        Path classPath = made.resolve(CLASS_PATH);
        Path log = folder.beside(".log");
        List<String> command =
                MavenCommand.of("-f", pom.toString(), GOAL, "-DincludeScope=runtime", "-Dmdep.outputFile=" + classPath);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().merge("MAVEN_OPTS", MAVEN_JVM, (a, b) -> a + " " + b);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int exit = Programs.run(builder, pom.resolveSibling(""), log, LIMIT);
        if (exit != 0 || !Files.exists(classPath)) {
            throw new IllegalStateException(
                    "Cannot fetch " + name + " for tests, see " + log + ". By hand: " + String.join(" ", command));
        }
    }

    private static List<Path> readJars(Path folder) {
        try {
            return Arrays.stream(
                            Files.readString(folder.resolve(CLASS_PATH)).trim().split(File.pathSeparator, -1))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
