package zipkin.ee.storage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.sql.DatabaseAccess;
import zipkin.ee.testing.sql.H2Database;
import zipkin.ee.testing.sql.JpaProvider;
import zipkin2.Span;

class H2FilesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        permit(folder, "rwxr-xr-x");
    }

    @Test
    void database_whenItIsOpened_isTheUsersAlone_withAFolderOfItsOwn() throws IOException {
        DatabaseAccess access = H2Database.inFile(folder.resolve("spans"));
        try (SqlStorage storage = new SqlStorage(access, JpaProvider.HIBERNATE)) {
            storage.database().open();
            assertThat(permissions("spans.mv.db")).isEqualTo("rw-------");
            assertThat(permissions("")).isEqualTo("rwx------");
        }
    }

    @Test
    void files_thatWereThere_areCorrected_andASharedFolderIsNot() throws IOException {
        for (String name : new String[] {"spans.mv.db", "spans.trace.db", "other"}) {
            permit(Files.createFile(folder.resolve(name)), "rw-r--r--");
        }
        H2Files.protect("jdbc:h2:retry:" + folder + "/spans;WRITE_DELAY=0");

        assertThat(permissions("spans.mv.db")).isEqualTo("rw-------");
        assertThat(permissions("spans.trace.db")).isEqualTo("rw-------");
        assertThat(permissions("other")).isEqualTo("rw-r--r--");
        assertThat(permissions("")).isEqualTo("rwxr-xr-x");
    }

    /** Transaction managers interrupt threads whose transactions take too long. */
    @Test
    void database_whoseWriterIsInterrupted_staysOpen() throws IOException {
        DatabaseAccess access = H2Database.inFile(folder.resolve("spans"));
        try (SqlStorage sql = new SqlStorage(access, JpaProvider.HIBERNATE)) {
            JpaStorage storage = sql.open(SqlStorage.SETTINGS);
            for (int i = 1; i <= 20; i++) {
                if (i % 2 == 0) {
                    Thread.currentThread().interrupt();
                }
                String traceId = Integer.toHexString(i);
                storage.spanConsumer()
                        .accept(List.of(Span.newBuilder().traceId(traceId).id(1).build()))
                        .execute();
                assertThat(storage.getTrace(traceId).execute()).as(traceId).hasSize(1);
            }
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void databaseInMemory_orElsewhere_hasNoFiles() throws IOException {
        H2Files.protect("jdbc:h2:mem:spans");
        H2Files.protect("jdbc:postgresql://db/zipkin");
        H2Files.protect(null);
        assertThat(permissions("")).isEqualTo("rwxr-xr-x");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
