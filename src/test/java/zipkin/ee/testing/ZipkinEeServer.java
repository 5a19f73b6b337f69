package zipkin.ee.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Zipkin EE on an application server, configured by server-config. Which one is said by the system
 * property {@code zipkin.it.server}: wildfly (default), payara6, payara7, payara-micro. What only
 * one of them offers is in the subclass.
 */
public abstract class ZipkinEeServer extends ServerProcess {
    private static final Duration DEPLOYMENT_LIMIT = Duration.ofMinutes(3);
    private static final String KIND = System.getProperty("zipkin.it.server", "wildfly");
    private static final String OTLP_GRPC_PORT = "COLLECTOR_OTLP_GRPC_PORT";
    private static final String OTLP_HTTP_PORT = "COLLECTOR_OTLP_HTTP_PORT";

    private final Map<String, String> environment;

    ZipkinEeServer(String name, List<String> command, Map<String, String> environment, Path log, int port) {
        super(name, command, environment, log, port);
        this.environment = environment;
        ServerStarts.add(name);
    }

    /** Settings with free ports for OTLP's own listeners, unless they have some. */
    static Map<String, String> withOtlpPorts(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        for (String name : List.of(OTLP_GRPC_PORT, OTLP_HTTP_PORT)) {
            all.computeIfAbsent(name, any -> Integer.toString(freePort()));
        }
        return all;
    }

    /** Where a configured server takes OTLP over gRPC, on its own port. */
    public final URI otlpGrpc() {
        return URI.create("http://127.0.0.1:" + environment.get(OTLP_GRPC_PORT));
    }

    /** Where a configured server takes OTLP over HTTP: on its own port, if it has one. */
    public final URI otlpHttp() {
        String port = environment.get(OTLP_HTTP_PORT);
        return port == null ? uri() : URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Starts the configured server with {@code settings} as its environment and waits until it is
     * healthy.
     */
    public static ZipkinEeServer start(Map<String, String> settings) {
        return launch(settings).awaitHealthy();
    }

    /**
     * The same with further operations of WildFly's command line interface done before, offline;
     * empty for none, and then on any server.
     */
    public static ZipkinEeServer start(Map<String, String> settings, String operations) {
        return launch(settings, operations).awaitHealthy();
    }

    /** The same, without waiting. */
    public static ZipkinEeServer launch(Map<String, String> settings, String operations) {
        return operations.isEmpty() ? launch(settings) : WildFlyServer.launch(settings, operations);
    }

    /**
     * The same with a trust store of its own, as docs/operating/rabbitmq.md has it, on Payara
     * docs/operating/payara.md.
     *
     * @param trustStore PKCS 12 with the password {@code changeit}
     */
    public static ZipkinEeServer startTrusting(Path trustStore, Map<String, String> settings) {
        ZipkinEeServer server =
                switch (KIND) {
                    case "wildfly" -> WildFlyServer.launchTrusting(trustStore, settings);
                    case "payara6", "payara7" -> PayaraServer.launchTrusting(PayaraHome.of(KIND), trustStore, settings);
                    default -> throw new IllegalStateException("zipkin.it.server=" + KIND);
                };
        return server.awaitHealthy();
    }

    /** Starts the configured server with {@code settings} as its environment, and does not wait. */
    public static ZipkinEeServer launch(Map<String, String> settings) {
        return switch (KIND) {
            case "wildfly" -> WildFlyServer.launch(settings);
            case "payara6", "payara7" -> PayaraServer.launch(PayaraHome.of(KIND), settings);
            case "payara-micro" -> PayaraMicroServer.launchMicro(settings);
            default -> throw new IllegalStateException("zipkin.it.server=" + KIND);
        };
    }

    /** Whether it is WildFly that tests run on. */
    public static boolean isWildFly() {
        return KIND.equals("wildfly");
    }

    /** Whether the server has a JMS broker of its own. */
    public static boolean hasBroker() {
        return !KIND.equals("payara-micro");
    }

    /** The WAR that the build made. */
    public static Path war() {
        return ProjectFiles.packaged("zipkin.war");
    }

    /** Waits until the server answers on {@code /health} with 200. */
    public ZipkinEeServer awaitHealthy() {
        awaitHealthy("/health");
        return this;
    }

    /**
     * Waits for the end of the start, and fails unless it was one without errors: Zipkin is
     * deployed, though it may be DOWN.
     */
    public final void awaitDeployed() {
        assertThat(awaitEndOfStart()).matches(this::isDeployed).matches(log -> !isFailed(log));
    }

    /**
     * Waits for the end of the start, and fails unless Zipkin's deployment was one of its errors.
     *
     * @return the server's log
     */
    public final String awaitDeploymentFailed() {
        String log = awaitEndOfStart();
        assertThat(log).matches(this::isFailed);
        return log;
    }

    private String awaitEndOfStart() {
        return Await.value("the end of the start", DEPLOYMENT_LIMIT, this::log, this::hasStarted);
    }

    final boolean hasStarted() {
        return hasStarted(log());
    }

    private boolean hasStarted(String log) {
        return isDeployed(log) || isFailed(log);
    }

    /** Whether the log says that the server has started with Zipkin. */
    abstract boolean isDeployed(String log);

    /** Whether the log says that the server has started and could not deploy Zipkin. */
    abstract boolean isFailed(String log);

    /**
     * Ends the server by SIGKILL and starts it again on its data and port; does not wait.
     *
     * @return the server that is being started; this one is of no use any more
     */
    public final ZipkinEeServer killAndRestart() {
        return killAndRestart(Map.of());
    }

    /**
     * The same with other settings, beside those that it had.
     *
     * @return the server that is being started; this one is of no use any more
     */
    public abstract ZipkinEeServer killAndRestart(Map<String, String> changed);

    /** The lines of its log that report errors. */
    public abstract List<String> errors();

    static Map<String, String> with(Map<String, String> settings, Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(changed);
        return all;
    }

    /** This server, for what only WildFly offers. */
    public final WildFlyServer asWildFly() {
        return (WildFlyServer) this;
    }
}
