package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * Installs, once for all processes.
     *
     * @param source a folder with package.json, its lock file, and scripts
     * @param target gets all of them and node_modules; it is made again when one of them has
     *     changed
     */
    public static NpmFolder install(String source, String target) {
        String node = Programs.onPath("node", HOW_TO_GET).toString();
        String npm = Programs.onPath("npm", HOW_TO_GET).toString();
        List<Path> sources = files(ProjectFiles.of(source));
        MadeFolder folder = new MadeFolder(ProjectFiles.of(target), sources);
        folder.ensure(made -> true, made -> {
            for (Path file : sources) {
                Files.copy(file, made.resolve(file.getFileName().toString()));
            }
            Programs.run(made, Duration.ofMinutes(3), List.of(npm, "ci", "--no-audit", "--no-fund"));
        });
        return new NpmFolder(node, folder.path());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
