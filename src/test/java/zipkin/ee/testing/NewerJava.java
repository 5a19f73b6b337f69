package zipkin.ee.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of version 21 or later beside the one that runs the tests, for servers that need it: where
 * {@code JAVA21_HOME} leads, else the oldest one that fits below {@code /usr/lib/jvm}. Tests of
 * such servers are {@code @EnabledIf} there is one.
 */
public final class NewerJava {
    private static final int VERSION = 21;
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private NewerJava() {}

    public static boolean isPresent() {
        return find().isPresent();
    }

    /** Its home folder. */
    public static Path home() {
        return find().orElseThrow(() -> new IllegalStateException("No JDK " + VERSION
                + " or later: set JAVA21_HOME to the home of one, such as Temurin from https://adoptium.net"));
    }

    private static Optional<Path> find() {
        String set = System.getenv("JAVA21_HOME");
        if (set != null && !set.isEmpty()) {
            return Optional.of(Path.of(set));
        }
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(home -> version(home) >= VERSION).min(Comparator.comparing(NewerJava::version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Feature version by the JDK's file {@code release}; 0 for a folder that is not a JDK. */
    private static int version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.matches("\\d+(\\..*)?") ? Integer.parseInt(version.replaceFirst("\\..*", "")) : 0;
    }
}
