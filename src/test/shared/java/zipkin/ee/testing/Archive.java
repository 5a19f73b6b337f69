package zipkin.ee.testing;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Unpacks what programs come in: zip, jar, and a tar by xz within a jar. */
final class Archive {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Archive() {}

    /**
     * Unpacks with the files' permissions, without the archive's own {@code META-INF}, from the
     * first folder on that has not just one folder in it.
     */
    static void unpack(Path archive, Path target) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
            Files.createDirectories(target);
            copy(innermost(zip.getPath("/")), target);
        }
        for (Path tar : list(target)) {
            if (tar.toString().endsWith(".txz")) {
                Programs.onPath("xz", "apt-get install xz-utils");
                Programs.run(target, LIMIT, List.of("tar", "-xJf", tar.toString()));
                Files.delete(tar);
            }
        }
    }

    private static Path innermost(Path folder) throws IOException {
        List<Path> folders = list(folder).stream()
                .filter(entry -> Files.isDirectory(entry) && !isOfTheArchive(entry))
                .toList();
        return folders.size() == 1 ? innermost(folders.get(0)) : folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path entry : list(from)) {
            if (isOfTheArchive(entry)) {
                continue;
            }
            Path target = to.resolve(entry.getFileName().toString());
            if (Files.isDirectory(entry)) {
                Files.createDirectory(target);
                copy(entry, target);
            } else {
                Files.copy(entry, target);
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(entry);
                if (permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
                    Files.setPosixFilePermissions(target, permissions);
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static boolean isOfTheArchive(Path entry) {
        return entry.getNameCount() == 1 && entry.getFileName().toString().matches("META-INF/?");
    }
}
