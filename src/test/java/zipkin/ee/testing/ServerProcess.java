package zipkin.ee.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own on a free port of 127.0.0.1. Closing it ends the process and all
 * it started.
 *
 * <p>The process inherits this machine's environment without any Zipkin setting, plus what the test
 * asks for.
 */
public class ServerProcess implements AutoCloseable {
    /**
     * For servers that live shortly and are not measured: what they need to start is not worth
     * being compiled twice.
     */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Path log;
    private final URI uri;
    private volatile int forgotten;

    ServerProcess(String name, List<String> command, Map<String, String> environment, Path log, int port) {
        this.name = name;
        this.log = log;
        this.uri = URI.create("http://127.0.0.1:" + port);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().resolveSibling("").toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))) // Payara reads it for passwords
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(ServerProcess::isZipkinSetting);
        builder.environment().putAll(environment);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " with " + command, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop " + name));
    }

    /** Where the server listens, without a trailing slash: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return uri;
    }

    /** Everything the process has printed so far, since {@link #forgetLog} if that was called. */
    public String log() {
        byte[] all = printed();
        return new String(all, forgotten, all.length - forgotten, StandardCharsets.UTF_8);
    }

    /** What the process has printed until now is no more in {@link #log}. */
    public final void forgetLog() {
        forgotten = printed().length;
    }

    private byte[] printed() {
        try {
            return Files.readAllBytes(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The process that does the work: the deepest java below a start script, or the process itself.
     */
    public ProcessHandle handle() {
        return process.descendants()
                .filter(p -> p.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** How many objects of a class live in its JVM, after a full collection. */
    public long objects(String className) {
        String histogram = Programs.run(
                ProjectFiles.of("target"),
                START_LIMIT,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(handle().pid()),
                        "GC.class_histogram"));
        Matcher count = Pattern.compile("(\\d+) +\\d+ +" + Pattern.quote(className) + "(?![\\w.$])")
                .matcher(histogram);
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until {@code path} answers 200, at most 180 s; fails with the end of the log when the
     * process ends first.
     */
    ServerProcess awaitHealthy(String path) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + tail());
            }
            if (answers(client, request)) {
                return this;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        String tail = tail();
        close();
        throw new IllegalStateException(name + " was not healthy after " + START_LIMIT + ":\n" + tail);
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String tail() {
        String text = log();
        return text.substring(Math.max(0, text.length() - 6000));
    }

    /** Ends the process with all its children, at once; harmless when it has ended. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Same as {@link FreePort#find}. */
    public static int freePort() {
        return FreePort.find();
    }

    private static boolean isZipkinSetting(String variable) {
        return variable.matches(
                        "(QUERY|STORAGE|MEM|COLLECTOR|ZIPKIN|SEARCH|STRICT|AUTOCOMPLETE|UI|POSTGRES|MYSQL|DEPENDENCY|KAFKA|RABBIT|ACTIVEMQ|ARTEMIS|ES|CASSANDRA)_.*")
                || variable.equals("JAVA_OPTS");
    }
}
