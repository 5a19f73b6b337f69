package zipkin.ee.testing.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;

/**
 * One Zipkin EE that tests with settings of their own use one after the other: on WildFly the WAR
 * is deployed again with them, elsewhere a server is started for each. Its storage is empty after
 * each. Has the adapters of all transports.
 *
 * <p>A class that uses it holds {@code @ResourceLock(RedeployedZipkin.LOCK)}, and kills nothing but
 * what it has started itself.
 */
public final class RedeployedZipkin {
    public static final String LOCK = "zipkin.ee.testing.broker.RedeployedZipkin";

    private static @Nullable ZipkinEeServer server;

    private RedeployedZipkin() {}

    /**
     * The server with these settings, deployed but healthy or not; fails with the reason when
     * Zipkin cannot be deployed with them.
     */
    public static synchronized ZipkinEeServer with(Map<String, String> settings) {
        if (!ZipkinEeServer.isWildFly()) {
            if (server != null) {
                server.close();
            }
            server = ZipkinEeServer.launch(settings);
            server.awaitDeployed();
            return server;
        }
        return wildFly().redeploy(settings);
    }

    /** The same for settings that parts of the server read, ACTIVEMQ_URL among them. */
    public static synchronized ZipkinEeServer reloadedWith(Map<String, String> settings) {
        return ZipkinEeServer.isWildFly() ? wildFly().reload(settings) : with(settings);
    }

    private static WildFlyServer wildFly() {
        if (server == null) {
            // its adapter would look for a broker on the usual port
            server = WildFlyServer.start(Map.of("COLLECTOR_ACTIVEMQ_ENABLED", "false"), TransportSet.OPERATIONS);
        }
        return server.asWildFly();
    }
}
