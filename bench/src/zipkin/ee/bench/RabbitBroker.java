package zipkin.ee.bench;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import zipkin.ee.testing.FreePort;

/** RabbitMQ as one node, by the programs of this machine; settings are its defaults. */
final class RabbitBroker implements Broker {
    private static final int CONFIRM_EVERY = 200;
    private static final long CONFIRM_MILLIS = 60_000;

    private final Program names;
    private final Program process;
    private final Path directory;
    private final Map<String, String> environment;
    private final Connection connection;
    private final int port;

    private RabbitBroker(
            Program names,
            Program process,
            Path directory,
            Map<String, String> environment,
            Connection connection,
            int port) {
        this.names = names;
        this.process = process;
        this.directory = directory;
        this.environment = environment;
        this.connection = connection;
        this.port = port;
    }

    /**
     * The names daemon of Erlang would outlive the broker if the broker started it, so it is a
     * process of this run's.
     */
    static RabbitBroker start(Options options) throws IOException {
        Path directory = Program.newDirectory(options, "broker-");
        Files.createDirectory(directory.resolve("conf.d"));
        Files.writeString(directory.resolve("enabled_plugins"), "[].");
        Files.createFile(directory.resolve("rabbitmq.conf"));
        Files.createFile(directory.resolve("rabbitmq-env.conf"));
        int port = FreePort.find();
        String namesPort = Integer.toString(FreePort.find());
        Map<String, String> environment = environment(directory, port, namesPort);
        Program names = Program.start(
                directory, List.of(program("epmd").toString(), "-address", "127.0.0.1", "-port", namesPort));
        Program process = Program.start(
                directory, environment, List.of(program("rabbitmq-server").toString()));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        Connection connection = process.await(factory::newConnection);
        return new RabbitBroker(names, process, directory, environment, connection, port);
    }

    private static Map<String, String> environment(Path directory, int port, String namesPort) throws IOException {
        return Map.ofEntries(
                Map.entry("HOME", directory.toString()),
                Map.entry("ERL_EPMD_PORT", namesPort),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODENAME", "bench" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(FreePort.find())),
                Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
                Map.entry("RABBITMQ_LOGS", "-"),
                Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString()),
                Map.entry(
                        "RABBITMQ_CONF_ENV_FILE",
                        directory.resolve("rabbitmq-env.conf").toString()),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE",
                        directory.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_CONFIG_FILES", directory.resolve("conf.d").toString()),
                Map.entry(
                        "RABBITMQ_ADVANCED_CONFIG_FILE",
                        directory.resolve("advanced.config").toString()),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-start_epmd false"),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        directory.resolve("enabled_plugins").toString()));
    }

    /**
     * Debian's script on the PATH runs the broker as a user who may not write here; the one behind
     * it does not.
     */
    static Path program(String name) {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Stream.of("/usr/lib/rabbitmq/bin"),
                        Arrays.stream((path == null ? "" : path).split(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new MissingException(name + " is missing. Get it by apt-get install"
                        + " --no-install-recommends rabbitmq-server, or leave it out by --brokers=kafka"));
    }

    @Override
    public String description() {
        return "RabbitMQ " + connection.getServerProperties().get("version");
    }

    @Override
    public String transport() {
        return "rabbitmq";
    }

    /**
     * Not persistent, as Zipkin's sender has them. A queue may be shared by any number of
     * consumers.
     */
    @Override
    public void fill(String queue, int streams, Supplier<byte[]> bodies, long messages) {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, null);
            channel.confirmSelect();
            for (long i = 1; i <= messages; i++) {
                channel.basicPublish("", queue, null, bodies.get());
                if (i % CONFIRM_EVERY == 0 || i == messages) {
                    channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
                }
            }
            if (channel.messageCount(queue) != messages) {
                throw new IllegalStateException(queue + " has " + channel.messageCount(queue) + " of " + messages);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(queue + " could not be filled", e);
        }
    }

    @Override
    public Map<String, String> settings(String queue, int streams) {
        return Map.of(
                "RABBIT_ADDRESSES",
                "127.0.0.1:" + port,
                "RABBIT_QUEUE",
                queue,
                "RABBIT_CONCURRENCY",
                Integer.toString(streams));
    }

    /** Ready and delivered ones; only the node's own tool knows the latter. */
    @Override
    public long unacknowledged(String queue) {
        List<String> command = List.of(
                program("rabbitmqctl").toString(), "-q", "list_queues", "name", "messages", "--no-table-headers");
        try {
            return Program.ask(directory, environment, command)
                    .lines()
                    .map(line -> line.split("\\s+"))
                    .filter(columns -> columns[0].equals(queue))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no queue " + queue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String queue) {
        try (Channel channel = connection.createChannel()) {
            channel.queueDelete(queue);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        connection.abort();
        process.close();
        names.close();
    }
}
