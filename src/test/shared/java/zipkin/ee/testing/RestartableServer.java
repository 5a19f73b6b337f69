package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server that a test may kill and start again on its port and data: a process of its own on a
 * free port of 127.0.0.1, in a folder of its own. Closing it, or the end of the JVM, ends the
 * process and deletes the data; the log stays.
 */
public abstract class RestartableServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);

    private final Path folder;
    private final int port;
    private volatile @Nullable Process process;

    /**
     * @param name of the program, for its folder
     */
    protected RestartableServer(String name, int port) {
        this.folder = ProjectFiles.newFolder(name);
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop " + folder.getFileName()));
    }

    /** The command that runs the server in the foreground on {@link #port} and {@link #data}. */
    protected abstract List<String> command();

    /** What the server finds in its environment, beside this machine's. */
    protected Map<String, String> environment() {
        return Map.of();
    }

    /** Returns when the server can be used; while it cannot, throws. */
    protected abstract void connect() throws Exception;

    /**
     * Gives the server the chance to give back what would outlive a killed one; then it is killed.
     */
    protected void leave(Process running) {}

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Everything the server has printed so far, over all its starts. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all processes of the server at once, by SIGKILL. */
    public void kill() {
        end();
    }

    /**
     * Starts the killed server on its port and data, and waits until it accepts connections, at
     * most two minutes.
     */
    public void restart() {
        if (isAlive()) {
            throw new IllegalStateException("The server runs. Kill it first.");
        }
        launch();
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            leave(running);
        }
        end();
        try {
            FolderTree.delete(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Path folder() {
        return folder;
    }

    protected final Path data() {
        return folder.resolve("data");
    }

    /** Starts the process and waits until it accepts connections, at most two minutes. */
    protected final void launch() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC");
            builder.environment().putAll(environment());
            Process started = builder.start();
            process = started;
            awaitConnection(started);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the server of " + folder, e);
        }
    }

    private void awaitConnection(Process started) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                connect();
                return;
            } catch (Exception e) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    end();
                    throw new IllegalStateException("The server of " + folder + " did not start:\n" + log(), e);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * The first process is stopped before its children are listed, so that it makes no more of
     * them, and ended after them, so that they have no time to notice.
     */
    private void end() {
        Process ended = process;
        if (ended == null || !ended.isAlive()) {
            return;
        }
        signal(ended, "STOP");
        List<ProcessHandle> children = ended.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        ended.destroyForcibly();
        awaitEnd(ended, children);
    }

    /** Sends a signal that Java has no method for. */
    protected final void signal(Process running, String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + running.pid())
                    .directory(folder.toFile())
                    .start()
                    .waitFor(SIGNAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * An ended process may stay listed until its parent takes note, for seconds, but runs no
     * command any more.
     */
    private static void awaitEnd(Process ended, List<ProcessHandle> children) {
        Await.value(
                "the end of the server's processes",
                () -> Stream.concat(Stream.of(ended.toHandle()), children.stream())
                        .filter(handle ->
                                handle.isAlive() && handle.info().command().isPresent())
                        .toList(),
                List::isEmpty);
        ended.onExit().join();
    }

    private Path logFile() {
        return folder.resolve("server.log");
    }

    /** Whether this JVM runs as root, which database servers refuse to run as. */
    protected static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
