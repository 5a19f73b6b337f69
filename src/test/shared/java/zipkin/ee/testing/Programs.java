package zipkin.ee.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system that tests need beside Java. */
public final class Programs {
    static final int TOO_LONG = -1;

    private Programs() {}

    /**
     * The program's file as PATH has it; without it fails in one line that ends with
     * {@code howToGet}.
     */
    public static Path onPath(String name, String howToGet) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not on PATH. Get it by: " + howToGet));
    }

    /**
     * Runs to its end in {@code folder} and answers what was printed; any exit code but 0 and the
     * {@code limit} fail.
     */
    public static String run(Path folder, Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "output-", ".log");
            int exit = run(new ProcessBuilder(command), folder, output, limit);
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (exit != 0) {
                String end = exit == TOO_LONG ? "was ended after " + limit : "ended with " + exit;
                throw new IllegalStateException(command + " " + end + ":\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The exit code of a program that runs in {@code folder} and prints to {@code log}, or
     * {@link #TOO_LONG} when it was ended after {@code limit}.
     */
    static int run(ProcessBuilder program, Path folder, Path log, Duration limit) throws IOException {
        Process process = program.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return TOO_LONG;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
