package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A database server that this run started in a new directory below target/bench; closing it ends its processes. */
final class DatabaseProcess implements AutoCloseable {
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;

    private DatabaseProcess(Process process) {
        this.process = process;
    }

    static Path newDirectory(Options options) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(options.output()), "database-")
                .toAbsolutePath();
    }

    /** True when the binaries must be told that running as root is wanted. */
    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Runs a command to its end, as those that make a data directory. */
    static void run(Path directory, List<String> command) throws IOException {
        Path log = directory.resolve("setup.log");
        try {
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(command.get(0) + " ended with " + status + "; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static DatabaseProcess start(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Server.end(process)));
        return new DatabaseProcess(process);
    }

    /** Asks until the new process takes a connection. */
    Sql await(String url) {
        long start = System.nanoTime();
        while (true) {
            try {
                return Sql.connect(url);
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() - start > START_LIMIT_NANOS) {
                    close();
                    throw new IllegalStateException("No connection to " + url + "; see the console.log beside it", e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** CPU seconds of the process, of those below it and of those below it that have ended. */
    double cpuSeconds() {
        double seconds = JavaProcess.cpuSeconds(process.pid(), true);
        for (ProcessHandle child : process.descendants().toList()) {
            try {
                seconds += JavaProcess.cpuSeconds(child.pid(), false);
            } catch (UncheckedIOException e) {
                // It ended meanwhile: its time is now that of its parent's ended children.
                continue;
            }
        }
        return seconds;
    }

    @Override
    public void close() {
        Server.end(process);
    }
}
