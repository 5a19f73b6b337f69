package zipkin.ee.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server in a process of its own; closing it ends that process and all it started. */
final class Server implements AutoCloseable {
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long SETTLE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final Process process;
    private final int port;
    private final double bootSeconds;
    private final JavaProcess java;

    private Server(String name, Process process, int port, double bootSeconds, JavaProcess java) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.bootSeconds = bootSeconds;
        this.java = java;
    }

    /** Starts the process and waits for the first 200 of /health, asking every 10 ms. */
    static Server await(String name, ProcessBuilder builder, Path directory, int port) throws IOException {
        long start = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        while (!isHealthy(port)) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT_NANOS) {
                end(process);
                throw new IllegalStateException(name + " did not become healthy; see " + directory + "/console.log");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Server(name, process, port, seconds, JavaProcess.of(process));
    }

    private static boolean isHealthy(int port) {
        try (Connection connection = new Connection(port)) {
            return connection.get("/health") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /**
     * From the start of the process (of the start script, where there is one) to the first 200 of
     * /health.
     */
    double bootSeconds() {
        return bootSeconds;
    }

    JavaProcess java() {
        return java;
    }

    /** Spans that came over HTTP, by the server's own counters. */
    long storedSpans() {
        return storedSpans("http");
    }

    /** Spans counted less spans dropped of a transport, by the server's own counters. */
    long storedSpans(String transport) {
        try (Connection connection = new Connection(port)) {
            connection.get("/metrics");
            String metrics = connection.text();
            return counter(metrics, "spans", transport) - counter(metrics, "spans_dropped", transport);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Waits until the counters stand still, since the reference stores after it has answered. */
    long settle() {
        long deadline = System.nanoTime() + SETTLE_LIMIT_NANOS;
        long before = -1;
        long stored = storedSpans();
        while (before != stored && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
            before = stored;
            stored = storedSpans();
        }
        return stored;
    }

    private static long counter(String metrics, String counter, String transport) {
        Pattern pattern = Pattern.compile(
                "\"counter\\.zipkin_collector\\." + counter + "\\." + transport + "\"\\s*:\\s*([0-9.E+]+)");
        Matcher matcher = pattern.matcher(metrics);
        return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : 0;
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends a process and all below it. */
    static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a small file of /proc. */
    static String read(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
