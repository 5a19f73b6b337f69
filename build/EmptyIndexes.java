import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Puts an empty index of annotations into each jar of a folder: EmptyIndexes FOLDER TIMESTAMP. When
 * it deploys the WAR, WildFly reads this index (Jandex, version 13) instead of every class of every
 * library, none of which has anything that it looks for.
 */
class EmptyIndexes {
    private static final byte[] EMPTY = HexFormat.of().parseHex("babe1f150d" + "00".repeat(16));

    public static void main(String[] arguments) throws IOException {
        FileTime time = FileTime.from(Instant.parse(arguments[1]));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (Path jar : jars) {
                add(jar, time);
            }
        }
    }

    private static void add(Path jar, FileTime time) throws IOException {
        URI uri = URI.create("jar:" + jar.toUri());
        try (FileSystem files = FileSystems.newFileSystem(uri, Map.of())) {
            Path index = files.getPath("META-INF", "jandex.idx");
            if (Files.notExists(index)) {
                Files.createDirectories(index.getParent());
                Files.write(index, EMPTY);
                Files.setLastModifiedTime(index, time);
            }
        }
    }
}
