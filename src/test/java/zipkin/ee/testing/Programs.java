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
    private Programs() {}

    /** The program's file as PATH has it; without it fails in one line that ends with {@code howToGet}. */
    public static Path onPath(String name, String howToGet) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not on PATH. Get it by: " + howToGet));
    }

    /** Runs to its end in {@code folder} and answers what was printed; any exit code but 0 and the {@code limit} fail. */
    public static String run(Path folder, Duration limit, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "output-", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                String end = ended ? "ended with " + process.exitValue() : "was ended after " + limit;
                throw new IllegalStateException(command + " " + end + ":\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
