package zipkin.ee.testing.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import zipkin.ee.testing.FreePort;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.RestartableServer;

/** The RabbitMQ of this machine as a private node. */
final class LocalRabbitNode extends RestartableServer implements RabbitNode {
    private static final Duration CONTROL_LIMIT = Duration.ofMinutes(1);

    private final Path program;
    private final int tlsPort = FreePort.find();
    private final int nodePort = FreePort.find();
    private final int namesPort = FreePort.find();

    LocalRabbitNode(Path program, List<String> configuration) {
        super("rabbitmq", FreePort.find());
        this.program = program;
        List<String> lines = new ArrayList<>(configuration);
        lines.replaceAll(
                line -> line.replaceFirst("^(listeners\\.ssl\\.\\w+ *= *)" + AMQPS + "$", "$1127.0.0.1:" + tlsPort));
        try {
            Files.write(folder().resolve("rabbitmq.conf"), lines);
            Files.createDirectory(folder().resolve("conf.d"));
            Files.writeString(folder().resolve("enabled_plugins"), "[].");
            Files.createFile(folder().resolve("rabbitmq-env.conf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port();
    }

    @Override
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void start() {
        launch();
    }

    /**
     * Erlang's daemon of names would outlive the broker when the broker started it; so it is
     * another process of the same tree.
     */
    @Override
    protected List<String> command() {
        Path epmd = Programs.onPath("epmd", "apt-get install erlang-base");
        return List.of(
                "sh",
                "-c",
                epmd + " -address 127.0.0.1 -port " + namesPort + " </dev/null & exec " + program + " </dev/null");
    }

    @Override
    protected Map<String, String> environment() {
        Map<String, String> environment = nodeEnvironment();
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-start_epmd false +S 2:2 +sbwt none");
        return environment;
    }

    /**
     * What the broker and rabbitmqctl have to agree on, and what keeps this machine's configuration
     * out.
     */
    private Map<String, String> nodeEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOME", folder().toString());
        environment.put("ERL_EPMD_PORT", String.valueOf(namesPort));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODENAME", "zipkin" + port() + "@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", host());
        environment.put("RABBITMQ_NODE_PORT", String.valueOf(port()));
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(nodePort));
        environment.put("RABBITMQ_MNESIA_BASE", data().toString());
        environment.put("RABBITMQ_LOG_BASE", data().resolve("log").toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put("RABBITMQ_PID_FILE", folder().resolve("pid").toString());
        environment.put(
                "RABBITMQ_CONF_ENV_FILE", folder().resolve("rabbitmq-env.conf").toString());
        environment.put(
                "RABBITMQ_CONFIG_FILE", folder().resolve("rabbitmq.conf").toString());
        environment.put("RABBITMQ_CONFIG_FILES", folder().resolve("conf.d").toString());
        environment.put(
                "RABBITMQ_ADVANCED_CONFIG_FILE",
                folder().resolve("advanced.config").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                folder().resolve("enabled_plugins").toString());
        return environment;
    }

    @Override
    protected void connect() throws Exception {
        RabbitServer.connect(uri()).close();
        if (!hasStarted()) {
            throw new IOException("RabbitMQ lets clients in but has not started");
        }
    }

    /**
     * Clients are let in a moment before the start ends. A queue that they declare then does not
     * outlive a killed broker.
     */
    private boolean hasStarted() {
        String log = log();
        return log.lastIndexOf("Server startup complete") > log.lastIndexOf("Starting RabbitMQ");
    }

    @Override
    public String control(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        nodeEnvironment().forEach((name, value) -> command.add(name + "=" + value));
        command.add(program.resolveSibling("rabbitmqctl").toString());
        command.addAll(arguments);
        return Programs.run(folder(), CONTROL_LIMIT, command);
    }
}
