package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the project, by absolute paths. Tests may run in the project's folder or in one below
 * it, as those of modules do.
 */
public final class ProjectFiles {
    private static final Path ROOT = root();

    private ProjectFiles() {}

    /** A path below the project's folder, whether it exists or not. */
    public static Path of(String first, String... more) {
        return ROOT.resolve(Path.of(first, more));
    }

    /** What {@code mvn package} leaves in {@code target}; fails when it is missing. */
    public static Path packaged(String name) {
        Path file = of("target", name);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing. Run: mvn package");
        }
        return file;
    }

    /**
     * A new folder below {@code target/it-servers}, for one program that tests start: it works
     * there, and its data and logs are there.
     */
    public static Path newFolder(String prefix) {
        try {
            return Files.createTempDirectory(Files.createDirectories(of("target", "it-servers")), prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(Path.of("src", "test", "servers")))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is not a folder of this project. Run tests in the project's folder.");
    }
}
