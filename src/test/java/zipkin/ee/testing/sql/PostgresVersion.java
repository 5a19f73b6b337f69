package zipkin.ee.testing.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ServerProcess;

/** The PostgreSQLs that the build fetches: the oldest that is supported, and a new one. */
public enum PostgresVersion {
    V14("zipkin.postgresql.14"),
    V18("zipkin.postgresql.18");

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    private final String property;

    PostgresVersion(String property) {
        this.property = property;
    }

    Path home() {
        return ServerProcess.fromBuild(property);
    }

    /** The folder with {@code initdb} and {@code postgres}. The build unpacks no archive within an archive, so the first use does. */
    synchronized Path programs() {
        Path unpacked = home().toAbsolutePath().resolve("unpacked");
        if (!Files.exists(unpacked)) {
            unpack(unpacked);
        }
        return unpacked.resolve("bin");
    }

    private void unpack(Path target) {
        Path archive = home().toAbsolutePath().resolve(ARCHIVE);
        if (!Files.exists(archive)) {
            throw new IllegalStateException(archive + " is missing. Run: mvn clean verify");
        }
        String tar = Programs.onPath("tar", "apt-get install tar").toString();
        Programs.onPath("xz", "apt-get install xz-utils");
        try {
            Path folder = Files.createTempDirectory(home(), "unpacking-");
            Programs.run(folder, Duration.ofMinutes(2), List.of(tar, "-xJf", archive.toString()));
            Files.move(folder, target);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + archive, e);
        }
    }
}
