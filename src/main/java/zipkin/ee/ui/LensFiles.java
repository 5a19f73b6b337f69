package zipkin.ee.ui;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that the build unpacked from {@code io.zipkin:zipkin-lens}. Their names are listed
 * once, and the path of a request is only looked up in that list, so it cannot lead elsewhere. A
 * file is read at its first request and stays in memory (3 MiB for all of Lens).
 */
final class LensFiles {
    /**
     * One year. Names of scripts and style sheets contain a hash, so the content of a name never
     * changes.
     */
    static final int MAX_AGE_SECONDS = 31_536_000;

    private final ServletContext context;
    private final String folder;
    private final Set<String> names;
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    /**
     * @param folder where the files are in the WAR, without a slash at its end
     */
    LensFiles(ServletContext context, String folder) {
        this.context = context;
        this.folder = folder;
        Set<String> found = new TreeSet<>();
        list(folder + "/", found);
        this.names = Set.copyOf(found);
    }

    private void list(String directory, Set<String> found) {
        Set<String> paths = context.getResourcePaths(directory);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                list(path, found);
            } else {
                found.add(path.substring(folder.length()));
            }
        }
    }

    /**
     * The file with this name, or null when there is none.
     *
     * @param name starts with a slash: {@code /static/media/zipkin-logo.png}
     */
    @Nullable
    Asset find(String name) {
        if (!names.contains(name)) {
            return null;
        }
        return assets.computeIfAbsent(name, n -> new Asset(read(n), ContentTypes.of(n), MAX_AGE_SECONDS));
    }

    /** The content of a file that must be there. */
    byte[] read(String name) {
        try (InputStream in = context.getResourceAsStream(folder + name)) {
            if (in == null) {
                throw new FileNotFoundException(folder + name + " is missing in the WAR. Build it by: mvn package");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
