package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** H2 in the server's own process, with a file below target/bench. */
final class H2File implements Database {
    /** H2 writes a change within half a second, and within a second what is left of a chunk. */
    private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Path directory;

    private H2File(Path directory) {
        this.directory = directory;
    }

    static H2File in(Options options) throws IOException {
        return new H2File(Program.newDirectory(options, "database-"));
    }

    @Override
    public String description() {
        return "H2 inside of WildFly";
    }

    @Override
    public Map<String, String> create(String name) {
        return Map.of(
                "STORAGE_TYPE", "h2", "ZIPKIN_DB_FILE", directory.resolve(name).toString());
    }

    @Override
    public Sql connect(String name) {
        throw new UnsupportedOperationException("The server has the file to itself");
    }

    @Override
    public boolean isSeparate() {
        return false;
    }

    @Override
    public double cpuSeconds() {
        return 0;
    }

    @Override
    public void writeBack(String name) {
        LockSupport.parkNanos(WRITE_NANOS);
    }

    @Override
    public long diskBytes(String name) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "."))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // It ends with its server.
    }
}
