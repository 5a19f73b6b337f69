package zipkin.ee.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Zipkin EE on Payara Server, made ready by the scripts of server-config/payara. Each start works
 * on a copy of the domain.
 */
public final class PayaraServer extends ZipkinEeServer {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String FAILED = "Exception while loading the app";
    /** The first line of the start-up screen, which comes last. */
    private static final Pattern DEPLOYED = Pattern.compile("^\\s*Zipkin EE \\d", Pattern.MULTILINE);

    private final PayaraDomain domain;
    private final Map<String, String> settings;

    private PayaraServer(PayaraDomain domain, Map<String, String> settings, int port) {
        super(
                "Zipkin EE on " + domain.home().kind(),
                domain.command(),
                environment(settings, port),
                domain.domains().resolve("console.log"),
                port);
        this.domain = domain;
        this.settings = settings;
    }

    /** Starts a configured server with {@code settings} as its environment, and does not wait. */
    static PayaraServer launch(PayaraHome home, Map<String, String> settings) {
        return launch(home.newDomain(), settings, freePort());
    }

    /** Starts a configured server whose domain has another trust store, and does not wait. */
    static PayaraServer launchTrusting(PayaraHome home, Path trustStore, Map<String, String> settings) {
        PayaraDomain domain = home.newDomain();
        domain.trust(trustStore);
        return launch(domain, settings, freePort());
    }

    /**
     * Starts a server on a domain, and does not wait.
     *
     * @param port where it will listen: QUERY_PORT for a configured domain
     */
    static PayaraServer launch(PayaraDomain domain, Map<String, String> settings, int port) {
        return new PayaraServer(domain, settings, port);
    }

    /** Starts an unmodified Payara, without Zipkin, and waits until it can be administered. */
    public static PayaraServer startUntouched(String kind) {
        PayaraDomain domain = PayaraHome.of(kind).newUntouchedDomain();
        PayaraServer server = launch(domain, Map.of(), domain.httpPort());
        server.awaitAdmin();
        return server;
    }

    /** Settings with the port of a Payara that server-config made ready. */
    static Map<String, String> environment(Map<String, String> settings, int port) {
        return with(settings, Map.of("QUERY_PORT", Integer.toString(port)));
    }

    /** Whether a log of any Payara says that Zipkin is deployed. */
    static boolean hasDeployed(String log) {
        return DEPLOYED.matcher(log).find();
    }

    /** Whether a log of any Payara says that Zipkin's deployment failed. */
    static boolean hasFailed(String log) {
        return log.contains(FAILED);
    }

    /**
     * Lines of a log of any Payara that report errors, without the harmless one that a client's
     * log goes nowhere.
     */
    static List<String> errors(String log) {
        return log.lines()
                .filter(line -> line.contains("SEVERE") && !line.contains("SLF4J"))
                .toList();
    }

    public PayaraDomain domain() {
        return domain;
    }

    void awaitAdmin() {
        Await.value("the administration port", LIMIT, () -> answersAdmin(), yes -> yes);
    }

    private boolean answersAdmin() {
        try {
            return domain.asadmin("uptime").contains("Up");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public PayaraServer killAndRestart(Map<String, String> changed) {
        close();
        return launch(domain, with(settings, changed), uri().getPort());
    }

    @Override
    boolean isDeployed(String log) {
        return hasDeployed(log);
    }

    @Override
    boolean isFailed(String log) {
        return hasFailed(log);
    }

    @Override
    public List<String> errors() {
        return errors(log());
    }

    /**
     * Where OpenMQ's client is: Payara 6's for all, since Payara 7's needs a newer JDK than that of
     * the tests.
     */
    public static Path brokerClient() {
        return PayaraHome.of("payara6").folder().resolve("mq").resolve("lib");
    }
}
