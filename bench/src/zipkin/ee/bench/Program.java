package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A database or broker that this run started in a new directory below target/bench, where it works;
 * closing it ends its processes.
 */
final class Program implements AutoCloseable {
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final Process process;

    private Program(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** An absolute path. */
    static Path newDirectory(Options options, String prefix) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(options.output()), prefix)
                .toAbsolutePath();
    }

    /** True when the binaries need a switch to run as root. */
    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Runs a command to its end, as those that make a data directory. */
    static void run(Path directory, List<String> command) throws IOException {
        ask(directory, Map.of(), command);
    }

    /** Runs a command to its end and returns what it printed. */
    static String ask(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Path log = directory.resolve("setup.log");
        try {
            Process process = builder.directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(log, answer);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(command.get(0) + " ended with " + status + "; see " + log);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Program start(Path directory, List<String> command) throws IOException {
        return start(directory, Map.of(), command);
    }

    static Program start(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Path console = directory.resolve("console.log");
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Server.end(process)));
        return new Program(directory, process);
    }

    /** Asks until the new process answers. */
    <T> T await(Callable<T> attempt) {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.call();
            } catch (Exception e) {
                if (!process.isAlive() || System.nanoTime() - start > START_LIMIT_NANOS) {
                    close();
                    throw new IllegalStateException("No answer; see " + directory + "/console.log", e);
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
            }
        }
        return seconds;
    }

    @Override
    public void close() {
        Server.end(process);
    }
}
