package zipkin.ee.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums, as {@code sha256sum} writes them. */
final class Sha256 {
    private Sha256() {}

    static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    static String of(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes {@code SHA256SUMS} of all files below {@code folder}. */
    static void writeSums(Path folder) throws IOException {
        Path sums = folder.resolve("SHA256SUMS");
        Files.deleteIfExists(sums);
        StringBuilder text = new StringBuilder();
        for (Path file : Folders.files(folder)) {
            text.append(of(file)).append("  ").append(folder.relativize(file)).append('\n');
        }
        Files.writeString(sums, text);
    }
}
