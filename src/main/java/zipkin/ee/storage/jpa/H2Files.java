package zipkin.ee.storage.jpa;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.text.SafeLogger;

/**
 * The files of an H2 database, which anybody who can read them could open: they are the server's
 * user's alone. So is their folder when nothing else is in it; a folder that is shared, such as the
 * server's data folder, stays as it is.
 */
final class H2Files {
    private static final Logger LOGGER = SafeLogger.of(H2Files.class.getName());
    private static final Pattern FILE = Pattern.compile("jdbc:h2:(?:file|retry):([^;]*).*");
    private static final List<String> ENDINGS = List.of(".mv.db", ".trace.db");

    private H2Files() {}

    /**
     * Corrects the permissions of what is there. Does nothing where files have no such permissions,
     * or the database is in memory.
     *
     * @param url of the connection
     */
    static void protect(@Nullable String url) {
        Matcher database = FILE.matcher(url == null ? "" : url);
        if (!database.matches()) {
            return;
        }
        String base = database.group(1);
        try {
            for (String ending : ENDINGS) {
                Path file = Path.of(base + ending).toAbsolutePath();
                if (Files.exists(file)) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            Path file = Path.of(base).toAbsolutePath();
            Path folder = file.getParent();
            if (folder != null && holdsOnly(folder, String.valueOf(file.getFileName()))) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (UnsupportedOperationException e) {
            LOGGER.log(Level.DEBUG, "This file system has no POSIX permissions", e);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "The permissions of the H2 database stay as they are, and others may be able to read "
                            + "its spans: {0}",
                    e.getMessage());
        }
    }

    private static boolean holdsOnly(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> String.valueOf(file.getFileName()).startsWith(name + "."));
        }
    }
}
