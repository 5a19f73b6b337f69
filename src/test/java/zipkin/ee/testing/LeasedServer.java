package zipkin.ee.testing;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Zipkin EE with a test's settings, for as long as the test needs it. A server that another test
 * has given back is reloaded with them, which costs a third of a boot; a server boots when none is
 * idle, so there are as many as tests run at the same time. Only WildFly can be reloaded: on other
 * servers each lease is a boot.
 *
 * <p>Settings are system properties here. A test that kills its server, or needs another JVM or
 * environment, starts its own by {@link ZipkinEeServer}. A server that was given back runs on with
 * its settings until the next test takes it.
 */
public final class LeasedServer implements AutoCloseable {
    private static final Deque<WildFlyServer> IDLE = new ConcurrentLinkedDeque<>();

    private final ZipkinEeServer server;

    private LeasedServer(ZipkinEeServer server) {
        this.server = server;
    }

    /** Has a server start with {@code settings} and waits until it is healthy. */
    public static LeasedServer start(Map<String, String> settings) {
        LeasedServer lease = launch(settings);
        lease.server.awaitHealthy();
        return lease;
    }

    /** Has a server start with {@code settings}, and may return earlier. */
    public static LeasedServer launch(Map<String, String> settings) {
        return new LeasedServer(ZipkinEeServer.isWildFly() ? wildFly(settings) : ZipkinEeServer.launch(settings));
    }

    private static WildFlyServer wildFly(Map<String, String> settings) {
        WildFlyServer idle = IDLE.pollFirst();
        if (idle == null) {
            return WildFlyServer.launchReloadable(settings);
        }
        try {
            idle.forgetLog();
            idle.restartServices(settings);
            return idle;
        } catch (RuntimeException | Error e) {
            idle.close();
            throw e;
        }
    }

    public ZipkinEeServer server() {
        return server;
    }

    public ZipkinHttp http() {
        return new ZipkinHttp(server.uri());
    }

    @Override
    public void close() {
        if (server instanceof WildFlyServer wildFly && wildFly.isAlive() && wildFly.hasStarted()) {
            IDLE.addFirst(wildFly);
        } else {
            server.close();
        }
    }
}
