package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ProjectFiles;
import zipkin.ee.testing.ServerProcess;

/**
 * A broker's main class in a JVM of its own, with the class path of the tests; it gets its port and
 * its data folder as arguments.
 */
final class BrokerProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Class<?> main;
    private final int port = ServerProcess.freePort();
    private final Path folder;
    private final Path log;
    private Process process;

    BrokerProcess(Class<?> main) {
        this.main = main;
        this.folder = ProjectFiles.newFolder(main.getSimpleName());
        this.log = folder.resolve("console.log");
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop " + main.getSimpleName()));
    }

    int port() {
        return port;
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void restart() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                ServerProcess.QUICK_START,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(
                Arrays.asList(Integer.toString(port), folder.resolve("data").toString()));
        try {
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            boolean open = Await.orLast(LIMIT, this::accepts, answer -> answer || !started.isAlive());
            if (!open) {
                started.destroyForcibly();
                throw new IllegalStateException(main.getSimpleName() + " did not start:\n" + Files.readString(log));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
