package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A folder that is made when it is first needed, once for all processes, and again when its sources
 * have changed. A lock file keeps other processes out meanwhile. The folder has its name only when
 * it is complete: a failure leaves nothing of it.
 *
 * @param path of the folder
 * @param sources files; a hash of them is kept in the folder
 */
record MadeFolder(Path path, List<Path> sources) {
    private static final String HASH = "made-from";

    /** Makes the new, empty folder's content. */
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /**
     * Makes the folder unless it is there.
     *
     * @param isUsable whether the folder is still good though its sources have not changed
     */
    void ensure(Predicate<Path> isUsable, Maker maker) {
        synchronized (MadeFolder.class) { // one JVM must not ask for a lock twice
            try {
                Files.createDirectories(path.resolveSibling(""));
                try (FileChannel channel =
                                FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !(isOfItsSources() && isUsable.test(path))) {
                        make(maker);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make " + path, e);
            }
        }
    }

    /** A path beside the folder, whose name is that of the folder with a suffix. */
    Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private void make(Maker maker) throws IOException {
        long start = System.nanoTime();
        System.err.println("Fetching " + path.getFileName() + " for tests …");
        Path made = beside(".new");
        FolderTree.delete(made);
        try {
            Files.createDirectories(made);
            maker.make(made);
            Files.writeString(made.resolve(HASH), hash());
            FolderTree.delete(path);
            Files.move(made, path);
        } finally {
            FolderTree.delete(made);
        }
        System.err.printf(Locale.ROOT, "Fetched %s in %.1f s%n", path.getFileName(), (System.nanoTime() - start) / 1e9);
    }

    private boolean isOfItsSources() throws IOException {
        Path hash = path.resolve(HASH);
        return Files.exists(hash) && Files.readString(hash).equals(hash());
    }

    private String hash() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path source : sources) {
                digest.update(Files.readAllBytes(source));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
