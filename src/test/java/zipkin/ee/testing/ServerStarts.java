package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The starts of application servers in a run of all tests, one line each in
 * {@code target/server-starts.txt}. They decide how long the run takes, so the build prints their
 * number.
 */
public final class ServerStarts {
    private static final String FILE = "server-starts.txt";

    private ServerStarts() {}

    /** Notes a start. Safe for use by several processes. */
    public static void add(String server) {
        try {
            Files.writeString(
                    Files.createDirectories(ProjectFiles.of("target")).resolve(FILE),
                    server + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many were noted since the build's folder was made. */
    static long count() throws IOException {
        Path file = ProjectFiles.of("target", FILE);
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
