package zipkin.ee.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @Test
    void unpack_leavesOutTheMetadataOfTheArchiveAlone(@TempDir Path folder) throws IOException {
        Path archive = folder.resolve("server.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name :
                    new String[] {"META-INF/MANIFEST.MF", "server/bin/run.sh", "server/lib/adapter/META-INF/ra.xml"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
                zip.closeEntry();
            }
        }

        Path home = folder.resolve("home");
        Archive.unpack(archive, home);

        assertThat(home.resolve("bin/run.sh")).exists();
        assertThat(home.resolve("lib/adapter/META-INF/ra.xml")).exists();
        assertThat(home.resolve("META-INF")).doesNotExist();
    }
}
