package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packages of npm, installed as a lock file pins them.
 *
 * @param node the program
 * @param path the folder
 */
public record NpmFolder(String node, Path path) {
    private static final String HOW_TO_GET = "apt-get install nodejs npm";

    /**
     * Installs.
     *
     * @param source a folder with package.json, its lock file, and scripts
     * @param target gets all of them and node_modules
     */
    public static NpmFolder install(String source, String target) {
        String node = Programs.onPath("node", HOW_TO_GET).toString();
        String npm = Programs.onPath("npm", HOW_TO_GET).toString();
        Path scripts = Path.of(source);
        Path installed = Path.of(target).toAbsolutePath();
        try {
            Files.createDirectories(installed);
            try (Stream<Path> files = Files.list(scripts)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Files.copy(file, installed.resolve(scripts.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Programs.run(installed, Duration.ofMinutes(3), List.of(npm, "ci", "--no-audit", "--no-fund"));
        return new NpmFolder(node, installed);
    }
}
