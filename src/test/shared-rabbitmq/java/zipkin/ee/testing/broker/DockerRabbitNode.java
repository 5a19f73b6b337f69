package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.ProjectFiles;

/**
 * RabbitMQ in a container. Files that the configuration names have to be below the build's folder
 * {@code target}.
 */
final class DockerRabbitNode implements RabbitNode {
    private static final Duration PULL_LIMIT = Duration.ofMinutes(5);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path folder = ProjectFiles.newFolder("rabbitmq");
    private final String name = "zipkin-test-" + UUID.randomUUID();
    private final int port = FreePort.find();
    private final int tlsPort = FreePort.find();

    DockerRabbitNode(List<String> configuration) {
        List<String> lines = new ArrayList<>(configuration);
        lines.add("loopback_users = none"); // to the broker, the test comes from outside
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop " + name));
            Path file = Files.write(folder.resolve("test.conf"), lines);
            Path target = ProjectFiles.of("target");
            docker(
                    "create",
                    "--name=" + name,
                    "--hostname=" + name,
                    "--publish=127.0.0.1:" + port + ":" + AMQP,
                    "--publish=127.0.0.1:" + tlsPort + ":" + AMQPS,
                    "--volume=" + file + ":/etc/rabbitmq/conf.d/90-test.conf:ro",
                    "--volume=" + target + ":" + target + ":ro",
                    "rabbitmq:3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Programs.run(folder, PULL_LIMIT, command);
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void start() {
        docker("start", name);
        Await.value("RabbitMQ in Docker", START_LIMIT, this::serves, served -> served);
    }

    private boolean serves() {
        try {
            RabbitServer.connect(uri()).close();
            return true;
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public boolean isAlive() {
        return docker("inspect", "--format={{.State.Running}}", name).trim().equals("true");
    }

    @Override
    public void kill() {
        docker("kill", name);
    }

    @Override
    public String control(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("exec", name, "rabbitmqctl"));
        command.addAll(arguments);
        return docker(command.toArray(String[]::new));
    }

    @Override
    public String log() {
        return docker("logs", name);
    }

    @Override
    public void close() {
        docker("rm", "--force", "--volumes", name);
    }
}
