package zipkin.ee.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Programs that tests run and the build does not make: {@code src/test/servers/NAME/pom.xml} names
 * the artifacts of each with their versions. Maven fetches them when a test first asks for one,
 * once for all processes, and again when the pom has changed. {@code target/servers/NAME} keeps
 * what was fetched. Jars stay in Maven's local repository. Thread safe.
 */
public final class TestServers {
    private static final Map<String, List<Path>> JARS = new ConcurrentHashMap<>();
    private static final Map<String, Path> HOMES = new ConcurrentHashMap<>();

    private TestServers() {}

    /** The jars of a program and of what it depends on, in the order of the class path. */
    public static List<Path> jars(String name) {
        return JARS.computeIfAbsent(name, key -> new ServerFetch(key).jars());
    }

    /** {@link #jars} as an argument of {@code java -cp}. */
    public static String classPath(String name) {
        return String.join(
                File.pathSeparator, jars(name).stream().map(Path::toString).toList());
    }

    /** The only file of a program. */
    public static Path file(String name) {
        List<Path> files = jars(name);
        if (files.size() != 1) {
            throw new IllegalStateException(name + " is not one file: " + files);
        }
        return files.get(0);
    }

    /**
     * The folder into which the only archive of a program is unpacked, from the first folder on
     * that has not just one folder in it.
     */
    public static Path home(String name) {
        return HOMES.computeIfAbsent(name, key -> new ServerFetch(key).home());
    }

    /** A file beside the program's pom. */
    public static Path source(String name, String file) {
        return ProjectFiles.of("src", "test", "servers", name, file);
    }
}
